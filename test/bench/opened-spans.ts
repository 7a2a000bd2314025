/** A million spans of an opened file: those of the demo shop several times over, under other trace ids. */
import { setImmediate } from 'node:timers/promises'
import { TraceImport } from '#shared/import/index'
import { simulate } from '#shared/simulate/run'
import { tracesDocument } from '#shared/simulate/otlp/traces'
import { OpenedSpans } from '../../electron/local/opened-spans.ts'

/** Reads OTLP's JSON lines, a trace a line, until there are so many spans. */
export async function openedSpans(
  spanCount: number,
  endMs: number,
  lengthMinutes: number,
): Promise<OpenedSpans> {
  const endNs = BigInt(endMs) * 1_000_000n
  const run = simulate({ scenario: 'pool-exhaustion', seed: 1, endNs, lengthMinutes })
  const source = new TraceImport()
  const reader = source.addDocument('million.jsonl', true)
  const encoder = new TextEncoder()
  const texts = run.traces.map(({ spans }) => tracesDocument(run, spans))
  for (let copy = 0; source.progress().spans < spanCount; copy++) {
    const mark = copy.toString(16).padStart(2, '0')
    for (const text of texts)
      reader.push(encoder.encode(`${text.replaceAll(/"traceId":"../g, `"traceId":"${mark}`)}\n`))
  }
  reader.end()
  return OpenedSpans.read(source, () => setImmediate())
}
