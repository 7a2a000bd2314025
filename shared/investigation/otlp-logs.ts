/** Lines of a Loki as OTLP JSON, and which of what is known of them were labels. */
import { labelHint } from '#shared/logs/otlp-lines'

interface OtlpAttribute {
  readonly key: string
  readonly value: { readonly stringValue: string }
}

interface OtlpRecord {
  readonly timeUnixNano: string
  readonly body: { readonly stringValue: string }
  readonly attributes: readonly OtlpAttribute[]
  readonly traceId?: string
  readonly spanId?: string
}

const attributesOf = (values: Readonly<Record<string, string>>): OtlpAttribute[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textsIn = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {}

/** Collects lines, each once however often it is asked for. */
export class OtlpLogs {
  readonly #streams = new Map<
    string,
    { readonly labels: Readonly<Record<string, string>>; readonly records: OtlpRecord[] }
  >()
  readonly #known = new Set<string>()

  get size(): number {
    return this.#known.size
  }

  /** Takes in `data.result` of an answer of `query_range` with labels apart; how many entries it has, and the time of the oldest. */
  add(answer: unknown): { readonly entries: number; readonly oldestNs: bigint | undefined } {
    const data = isRecord(answer) ? answer['data'] : undefined
    const result = isRecord(data) && Array.isArray(data['result']) ? (data['result'] as unknown[]) : []
    let entries = 0
    let oldestNs: bigint | undefined
    for (const stream of result) {
      if (!isRecord(stream) || !Array.isArray(stream['values'])) continue
      const labels = textsIn(stream['stream'])
      const key = JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      for (const entry of stream['values'] as unknown[]) {
        if (!Array.isArray(entry) || !/^\d{1,19}$/.test(String(entry[0]))) continue
        const [time, line, beside] = entry as [unknown, unknown, unknown]
        entries++
        const ns = BigInt(String(time))
        if (oldestNs === undefined || ns < oldestNs) oldestNs = ns
        this.#put(
          key,
          labels,
          ns,
          String(line),
          textsIn(isRecord(beside) ? beside['structuredMetadata'] : {}),
        )
      }
    }
    return { entries, oldestNs }
  }

  #put(
    key: string,
    labels: Readonly<Record<string, string>>,
    ns: bigint,
    line: string,
    metadata: Readonly<Record<string, string>>,
  ): void {
    const name = JSON.stringify([key, String(ns), line, metadata])
    if (this.#known.has(name)) return
    this.#known.add(name)
    let stream = this.#streams.get(key)
    if (!stream) this.#streams.set(key, (stream = { labels, records: [] }))
    const { trace_id: traceId = '', span_id: spanId = '' } = metadata
    stream.records.push({
      timeUnixNano: String(ns),
      body: { stringValue: line },
      attributes: attributesOf(metadata),
      ...(/^[0-9a-f]{32}$/.test(traceId) && { traceId }),
      ...(/^[0-9a-f]{16}$/.test(spanId) && { spanId }),
    })
  }

  /** `{"resourceLogs":[…]}`, a resource for each stream. */
  document(): object {
    return {
      resourceLogs: [...this.#streams.values()].map(({ labels, records }) => ({
        resource: {
          attributes: attributesOf({ ...labels, [labelHint]: Object.keys(labels).join(', ') }),
        },
        scopeLogs: [{ scope: {}, logRecords: records }],
      })),
    }
  }
}
