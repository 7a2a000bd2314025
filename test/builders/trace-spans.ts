import type { TraceSpans } from '#shared/query/traceql/traces'
import {
  type OtlpAttribute,
  type OtlpResourceSpans,
  type OtlpTraceSpan,
  traceSpansOf,
} from './otlp-trace-spans.ts'

const line =
  /^(?<indent> *)(?<name>.+?) @(?<service>\S+) (?<start>\d+)\+(?<length>\d+)ms(?<words>(?: \w+)*)(?<attributes>(?: [\w.:]+=\S+)*)$/u
const kinds = ['internal', 'server', 'client', 'producer', 'consumer']
const statuses = ['ok', 'error']

/**
 * A trace drawn as text, a span a line, children indented by two blanks below their parents:
 * `GET / @frontend 0+100ms server error size=5`: started at 0, took 100 ms. A value is a number, true, false, or a text; `event:retry=2` is an
 * event `retry` whose attribute `attempt` is 2. A line that begins deeper than it can has a parent that never arrived.
 */
export function traceSpans(text: string, traceId = 'a1'): TraceSpans {
  const lines = text.split('\n').filter((one) => one.trim() !== '')
  const left = Math.min(...lines.map((one) => one.search(/\S/u)))
  const above: (string | undefined)[] = []
  const resourceSpans = lines.map((one, at): OtlpResourceSpans => {
    const groups = line.exec(one.slice(left))?.groups
    if (groups === undefined) throw new Error(`no span: ${one}`)
    const depth = groups['indent'].length / 2
    const spanId = String(at + 1).padStart(16, '0')
    const parent = depth === 0 ? undefined : (above[depth - 1] ?? 'f'.repeat(16))
    above.length = depth
    above[depth] = spanId
    return {
      resource: { attributes: [attribute('service.name', groups['service'])] },
      scopeSpans: [
        {
          scope: { name: 'lib', version: '1', attributes: [] },
          spans: [spanOf(groups, traceId, spanId, parent)],
        },
      ],
    }
  })
  return traceSpansOf(resourceSpans, 0n)[0]
}

type Pair = readonly [key: string, value: string]

function isEvent([key]: Pair): boolean {
  return key.startsWith('event:')
}

function spanOf(
  { name, start, length, words, attributes }: Record<string, string>,
  traceId: string,
  spanId: string,
  parentSpanId: string | undefined,
): OtlpTraceSpan {
  const said = words.trim().split(' ')
  const pairs = attributes
    .split(' ')
    .slice(1)
    .map((pair) => pair.split('=') as [string, string])
  return {
    traceId,
    spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    kind:
      1 +
      Math.max(
        0,
        kinds.findIndex((kind) => said.includes(kind)),
      ),
    startTimeUnixNano: `${start}000000`,
    endTimeUnixNano: `${Number(start) + Number(length)}000000`,
    attributes: pairs.filter((pair) => !isEvent(pair)).map(([key, value]) => attribute(key, value)),
    events: pairs.filter(isEvent).map(([key, value]) => ({
      name: key.slice('event:'.length),
      timeUnixNano: `${start}000000`,
      attributes: [attribute('attempt', value)],
    })),
    links: [],
    status: { code: 1 + statuses.findIndex((status) => said.includes(status)) },
  }
}

function attribute(key: string, value: string): OtlpAttribute {
  if (/^\d+$/u.test(value)) return { key, value: { intValue: value } }
  if (/^\d+\.\d+$/u.test(value)) return { key, value: { doubleValue: Number(value) } }
  return {
    key,
    value: value === 'true' || value === 'false' ? { boolValue: value === 'true' } : { stringValue: value },
  }
}
