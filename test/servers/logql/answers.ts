/** Answers of Clew and of Loki in one form. */
import type { FoundLine } from '#shared/query/logql/lines'
import type { LogqlSeries } from '#shared/query/logql/metric'

type Texts = Readonly<Record<string, string>>

/** Lines of a Loki that keeps labels of the stream, of the line, and what was read apart. */
export interface LokiStreams {
  readonly result: readonly {
    readonly stream: Texts
    readonly values: readonly (readonly [
      ns: string,
      line: string,
      more: { readonly structuredMetadata?: Texts; readonly parsed?: Texts },
    ])[]
  }[]
}

export interface LokiMatrix {
  readonly resultType: string
  readonly result: readonly {
    readonly metric: Texts
    readonly values: readonly (readonly [number, string])[]
  }[]
}

/** What is wrong with a line is said in other words. */
const sorted = (labels: Iterable<readonly [string, string]>): unknown =>
  [...labels]
    .filter(([name]) => name !== '__error_details__')
    .sort(([one], [other]) => (one < other ? -1 : 1))

export function lineOf({ timeNs, text, stream, metadata, parsed }: FoundLine, epochNs: bigint): string {
  return JSON.stringify([
    String(epochNs + BigInt(timeNs)),
    text,
    sorted(stream),
    sorted(metadata),
    sorted(parsed),
  ])
}

export function theirLines({ result }: LokiStreams): readonly string[] {
  return result
    .flatMap(({ stream, values }) =>
      values.map(([ns, line, { structuredMetadata = {}, parsed = {} }]) =>
        JSON.stringify([
          ns,
          line,
          sorted(Object.entries(stream)),
          sorted(Object.entries(structuredMetadata)),
          sorted(Object.entries(parsed)),
        ]),
      ),
    )
    .sort()
}

/** By labels and time. */
type Points = ReadonlyMap<string, number>

export function ourPoints(series: readonly LogqlSeries[]): Points {
  return points(series.map(({ labels, values }) => ({ metric: Object.fromEntries(labels), values })))
}

export function theirPoints({ result }: LokiMatrix): Points {
  // Here a label without a value is not there.
  return points(
    result.map(({ metric, values }) => ({
      metric: Object.fromEntries(Object.entries(metric).filter(([, value]) => value !== '')),
      values,
    })),
  )
}

function points(result: LokiMatrix['result']): Points {
  return new Map(
    result.flatMap(({ metric, values }) =>
      values.map(([seconds, value]) => [
        `${JSON.stringify(sorted(Object.entries(metric)))} @${seconds}`,
        Number(value.replace('Inf', 'Infinity')),
      ]),
    ),
  )
}

/** Where two answers differ, in words; undefined where they agree to nine digits. */
export function difference(ours: Points, theirs: Points): string | undefined {
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const [our, their] = [ours.get(name), theirs.get(name)]
    if (our === undefined || their === undefined) return `${our} at ${name}, where ${their} should be`
    if (
      !Object.is(our, their) &&
      !(Math.abs(our - their) <= 1e-9 * Math.max(Math.abs(our), Math.abs(their))) &&
      our !== their
    )
      return `${our} at ${name}, where ${their} should be`
  }
  return undefined
}
