/** A trace as text, for golden files: a difference reads as a waterfall. */
import { SpanFlag, SpanKind, type Trace } from './table.ts'

const BAR_COLUMNS = 24
const KIND_NAMES = Object.entries(SpanKind)
const FLAG_NAMES = Object.entries(SpanFlag)

/**
 * One line a span: bar, start, duration and self time in milliseconds, then service and name below the parent's, then what is
 * particular about it. Problems stand at the end.
 */
export function dumpTrace(trace: Trace): string {
  const { spans } = trace
  const lines = [
    `trace ${trace.traceId}`,
    `epoch ${trace.epochNs} ns, ${milliseconds(trace.durationNs)} ms, ${trace.spanCount} spans, ${trace.errorCount} errors, ` +
      `${trace.levels} levels`,
    `services ${trace.services.map((name, index) => `${name} ${trace.serviceSpans[index]}`).join(', ')}`,
    '',
  ]
  for (let row = 0; row < spans.length; row++) {
    const times = [spans.start[row], spans.duration[row], spans.self[row]].map((ns) =>
      milliseconds(ns).padStart(12),
    )
    lines.push(
      `|${bar(spans.start[row], spans.duration[row], trace.durationNs)}|${times.join('')}  ` +
        `${'  '.repeat(Math.min(spans.depth[row], 40))}${trace.services[spans.service[row]]}: ${trace.names[spans.name[row]]}` +
        particulars(trace, row),
    )
  }
  if (trace.problems.length > 0) lines.push('')
  for (const problem of trace.problems)
    lines.push(`problem ${problem.kind} ${problem.count}: ${problem.message}`)
  return `${lines.join('\n')}\n`
}

function particulars(trace: Trace, row: number): string {
  const { spans } = trace
  const words: string[] = []
  if (spans.kind[row] !== SpanKind.unspecified) words.push(nameOf(KIND_NAMES, spans.kind[row]))
  for (const [name, bit] of FLAG_NAMES) if ((spans.flags[row] & bit) !== 0) words.push(name)
  if (spans.shift.length > 0 && spans.shift[row] !== 0) words.push(`by ${milliseconds(spans.shift[row])} ms`)
  const events = spans.eventTime.subarray(spans.eventStart[row], spans.eventStart[row + 1])
  if (events.length > 0) words.push(`events at ${Array.from(events, milliseconds).join(', ')}`)
  if (spans.linkCount[row] > 0) words.push(`${spans.linkCount[row]} links`)
  words.push(`#${spanIdText(spans.idHigh[row], spans.idLow[row])}`)
  return `  [${words.join('; ')}]`
}

function nameOf(names: readonly (readonly [string, number])[], value: number): string {
  return names.find(([, number]) => number === value)?.[0] ?? String(value)
}

/** A span id as 16 lower-case hex digits. */
export function spanIdText(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

function milliseconds(ns: number): string {
  const text = (ns / 1e6).toFixed(6)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function bar(start: number, duration: number, total: number): string {
  if (total === 0) return '#'.padEnd(BAR_COLUMNS)
  const from = Math.min(BAR_COLUMNS - 1, Math.floor((start / total) * BAR_COLUMNS))
  const to = Math.max(from + 1, Math.round(((start + duration) / total) * BAR_COLUMNS))
  return ' '.repeat(from) + '#'.repeat(to - from).padEnd(BAR_COLUMNS - from)
}
