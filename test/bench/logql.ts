/** LogQL over recorded lines: a million of them, those of the demo shop several times over. */
import { findLines } from '#shared/query/logql/lines'
import type { LogStream, StreamStore } from '#shared/query/logql/log-streams'
import { evaluateLogqlMetric } from '#shared/query/logql/metric'
import { parseLogql } from '#shared/query/logql/parse'
import { matchesAll } from '#shared/query/promql/matcher'
import { simulate } from '#shared/simulate/run'
import { recordedLines } from '../../electron/local/recorded-lines.ts'
import { Samples, type Benchmark } from './measure.ts'

const lineCount = 1_000_000
const goalMs = 1000
const endMs = 1_793_000_000_000
const lengthMinutes = 45

const searches = [
  '{service_name=~".+"} |= "no such line"',
  '{service_name=~".+"} |= "pool exhausted" != "4500ms"',
  '{service_name=~".+"} |~ "waited [0-9]+ms|TypeError"',
  '{service_name=~".+"} |> "<_> pool exhausted, <_>"',
  '{service_name=~".+"} | severity_text="ERROR"',
  '{service_name=~".+"} |= "500 in" | pattern "<method> <_> <status> in <took>" | took > 1s',
]
const counts = [
  'sum by (service_name) (rate({service_name=~".+"}[5m]))',
  'sum by (detected_level) (count_over_time({service_name=~".+"}[1m]))',
]

export const logql: Benchmark = {
  name: 'logql',
  async run({ runs }) {
    const samples = new Samples()
    const store = millionLines()
    const range = { startMs: endMs - lengthMinutes * 60_000, endMs, stepMs: 15_000 }
    const measure = async (query: string, work: () => Promise<unknown>): Promise<void> => {
      const before = performance.now()
      await work()
      samples.add({ name: `\`${query}\``, size: '', unit: 'ms', goal: goalMs }, performance.now() - before)
    }
    for (let run = 0; run < runs; run++) {
      for (const query of searches) await measure(query, () => countFound(query, store))
      for (const query of counts)
        await measure(query, () => evaluateLogqlMetric(parseLogql(query), store, range))
    }
    return samples.measurements()
  },
}

/** The same streams again and again under other names, until there are enough lines; in memory, as those of an opened file are. */
function millionLines(): StreamStore {
  const endNs = BigInt(endMs) * 1_000_000n
  const run = simulate({ scenario: 'pool-exhaustion', seed: 1, endNs, lengthMinutes })
  const recorded = recordedLines(run).streams.map(inMemory)
  const streams: LogStream[] = []
  for (let count = 0, copy = 0; count < lineCount; copy++)
    for (const stream of recorded) {
      streams.push({ ...stream, labels: [['copy', String(copy)], ...stream.labels] })
      count += stream.times.length
    }
  return {
    epochNs: run.epochNs,
    select: (matchers) => streams.filter(({ labels }) => matchesAll(matchers, labels)),
  }
}

function inMemory(stream: LogStream): LogStream {
  const texts = Array.from(stream.times, (_, line) => stream.text(line))
  const metadata = Array.from(stream.times, (_, line) => stream.metadata(line))
  return { ...stream, text: (line) => texts[line], metadata: (line) => metadata[line] }
}

/** How many lines there are; no limit ends the search early. */
async function countFound(query: string, store: StreamStore): Promise<number> {
  let count = 0
  const everything = { fromNs: 0, toNs: Infinity, direction: 'backward' } as const
  for await (const _ of findLines(parseLogql(query), store, everything)) count++
  return count
}
