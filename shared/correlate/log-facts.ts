/** What is known of a source of logs: which label names the service there, and where a line names its trace. A plain value, learned by sampling. */
import type { TraceNaming } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import type { ClockDifference } from '#shared/correlate/clocks'
import { lastPart, namesOf } from '#shared/correlate/service-names'
import { withChoice } from '#shared/query/logql/query'

/** A label that names services, with the values seen of it; none where they could not be had. */
export interface ServiceLabel {
  readonly label: string
  readonly values: readonly string[]
}

/** Where lines name their trace. */
export type TracePlace =
  /** In a label or metadata beside the line: it can be asked for by name. */
  | { readonly kind: 'beside'; readonly trace: string; readonly span: string | undefined }
  /** In the text of the line, whatever its format: it can be looked for. `field`: of the JSON or logfmt that the line is. */
  | { readonly kind: 'inside'; readonly hasSpan: boolean; readonly field?: string | undefined }

export interface LogFacts {
  /** The most telling first. */
  readonly services: readonly ServiceLabel[]
  /** The surest first; none where its lines name no trace. */
  readonly places: readonly TracePlace[]
  /** How a line is read for its trace, where that is known better than by the usual names. */
  readonly naming?: TraceNaming | undefined
  /** Services that are called otherwise here, by their names in traces. */
  readonly names?: Readonly<Record<string, string>> | undefined
  /** By their names in traces; of those that nothing is known of, none. */
  readonly clocks?: Readonly<Record<string, ClockDifference>> | undefined
}

/** Labels by which people tell their services apart, the best first. */
export const serviceLabelNames = [
  'service_name',
  'service',
  'app',
  'job',
  'container',
  'app_kubernetes_io_name',
  'compose_service',
  'k8s_deployment_name',
] as const

/** As OpenTelemetry writes it. */
const usualLabel = serviceLabelNames[0]

/** What holds for most, while nothing is known: names as OpenTelemetry writes them. */
export const usualFacts: LogFacts = {
  services: [{ label: usualLabel, values: [] }],
  places: [
    { kind: 'beside', trace: 'trace_id', span: 'span_id' },
    { kind: 'inside', hasSpan: false },
  ],
}

/** A selector of the streams of some services. */
export interface ServiceSelector {
  readonly selector: string
  /** By which fact: `service.name = service_name`. */
  readonly why: string
  /** None of the values corresponds: the name was taken as it is. */
  readonly isGuess: boolean
}

/** Streams of one source may be labelled by two hands; a third is not worth its questions. */
const mostSelectors = 2

/** The streams of services, by each label that has them among its values, the one that has most of them first; never none. */
export function selectServices(
  { services: labels, names = {} }: LogFacts,
  services: readonly string[],
): readonly [ServiceSelector, ...ServiceSelector[]] {
  const isListed = (name: string): boolean => labels.some(({ values }) => values.includes(name))
  const [first, ...rest] = labels
    .map(({ label, values }, at) => {
      const found = services.map((service) => {
        const name = Object.hasOwn(names, service) ? names[service] : undefined
        if (name === undefined) return namesOf(service, values)
        // One that no label has by now is taken for a value of the best of them.
        return values.includes(name) || (at === 0 && !isListed(name)) ? [name] : []
      })
      return {
        label,
        values: [...new Set(found.flat())],
        known: found.filter((some) => some.length > 0).length,
      }
    })
    .filter(({ known }) => known > 0)
    .sort((one, other) => other.known - one.known)
    .slice(0, mostSelectors)
    .map(({ label, values }) => selectorOf(label, values, false))
  return first === undefined ? [selectorOf(labelsOf(labels)[0], services, true)] : [first, ...rest]
}

const selectorOf = (label: string, values: readonly string[], isGuess: boolean): ServiceSelector => ({
  selector: withChoice('{}', { kind: 'label', name: label }, values),
  why: `service.name = ${label}`,
  isGuess,
})

/** All streams that have a label which names services: Loki asks for one matcher at least. */
export const selectAll = ({ services }: LogFacts): readonly [string, ...string[]] => {
  const [first, ...rest] = labelsOf(services)
  return [anyOf(first), ...rest.slice(0, mostSelectors - 1).map(anyOf)]
}

const anyOf = (label: string): string => `{${label}=~".+"}`

function labelsOf(services: readonly ServiceLabel[]): readonly [string, ...string[]] {
  const [first, ...rest] = services.map(({ label }) => label)
  return first === undefined ? [usualLabel] : [first, ...rest]
}

/** The most telling of a stream's labels that name its service; undefined where none does. */
export const namingLabelOf = (labels: Labels, { services }: Pick<LogFacts, 'services'>): string | undefined =>
  [...services.map(({ label }) => label), ...serviceLabelNames].find((one) => (labels[one] ?? '') !== '')

/** The service that wrote the lines of a stream, as traces call it, by that label. */
export function serviceOfStream(
  labels: Labels,
  { services, names = {} }: Pick<LogFacts, 'services' | 'names'>,
): string | undefined {
  const label = namingLabelOf(labels, { services })
  if (label === undefined) return undefined
  const value = labels[label]
  return Object.keys(names).find((service) => names[service] === value) ?? lastPart(value)
}
