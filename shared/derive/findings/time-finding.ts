/** Where the time of the critical path went: into one wait, several of a kind, or one span's own work. */
import type { CriticalPath } from '#shared/derive/critical-path'
import { formatDuration } from '#shared/derive/durations'
import { type Finding, placeOf, withRow } from '#shared/derive/findings/finding'
import { countOf } from '#shared/derive/quantities'
import { isWaiting, waitingNames } from '#shared/derive/waiting'
import { SpanFlag, SpanKind, type SpanIndex, type Trace } from '#shared/trace/table'

/** Less of the whole than this is not why a trace is slow. */
const tellingWait = 0.1
const tellingWork = 0.3
/** One wait that has this share of its like is the one to name. */
const aloneShare = 0.8

/** The wait, or else the work, that most of the path's time went into; undefined where no one thing stands out. */
export function timeFinding(trace: Trace, path: CriticalPath): Finding | undefined {
  if (path.root < 0 || trace.spanCount < 2) return undefined
  const own = ownTimes(path, trace.spans.length)
  return waitFinding(trace, path, own) ?? workFinding(trace, path, own)
}

/** Nanoseconds of the path that are each row's own. */
function ownTimes(path: CriticalPath, rows: number): Float64Array {
  const own = new Float64Array(rows)
  for (let piece = 0; piece < path.length; piece++)
    own[path.row[piece]] += path.end[piece] - path.start[piece]
  return own
}

/** Waits of one service and name on the path. */
interface Waits {
  ns: number
  longest: SpanIndex
  readonly rows: SpanIndex[]
}

function waitFinding(trace: Trace, path: CriticalPath, own: Float64Array): Finding | undefined {
  const { service, name, duration } = trace.spans
  const waiting = waitingNames(trace.names)
  const kinds = new Map<number, Waits>()
  let most: Waits | undefined
  for (let row = 0; row < own.length; row++) {
    if (own[row] === 0 || !isWaiting(trace, waiting, row)) continue
    // Both are below 2^26 in any trace that fits in memory, so that the sum is exact.
    const key = service[row] * 2 ** 26 + name[row]
    const waits: Waits = kinds.get(key) ?? { ns: 0, longest: row, rows: [] }
    kinds.set(key, waits)
    waits.ns += own[row]
    waits.rows.push(row)
    if (own[row] > own[waits.longest]) waits.longest = row
    if (most === undefined || waits.ns > most.ns) most = waits
  }
  const wholeNs = duration[path.root]
  if (most === undefined || most.ns < wholeNs * tellingWait) return undefined
  const { longest } = most
  const alone = own[longest] >= most.ns * aloneShare
  return {
    kind: 'wait',
    severity: 'warning',
    title: alone
      ? `${formatDuration(own[longest])} of ${formatDuration(wholeNs)} is one wait`
      : `${formatDuration(most.ns)} of ${formatDuration(wholeNs)} is ${countOf(most.rows.length, 'wait')}`,
    text: placeOf(trace, longest),
    row: longest,
    rows: alone ? [longest] : withRow(most.rows, longest),
  }
}

function workFinding(trace: Trace, path: CriticalPath, own: Float64Array): Finding | undefined {
  let row = path.root
  for (let other = 0; other < own.length; other++) if (own[other] > own[row]) row = other
  const wholeNs = trace.spans.duration[path.root]
  if (own[row] === 0 || own[row] < wholeNs * tellingWork) return undefined
  const share = `${formatDuration(own[row])} of ${formatDuration(wholeNs)}`
  const { spans, names, services } = trace
  const found = { kind: 'work', severity: 'info', row, rows: [row] } as const
  if ((spans.flags[row] & SpanFlag.missing) !== 0 || spans.childCount[row] === 0)
    return { ...found, title: `${share} is ${workWord(trace, row)}`, text: placeOf(trace, row) }
  // The one to look at is the span itself, so it is the subject. Children that it did not wait for may have run beside it.
  const isAlone = own[row] - spans.self[row] < 1
  return {
    ...found,
    title: `${names[spans.name[row]]} works ${isAlone ? 'alone ' : ''}for ${share}`,
    text: `${services[spans.service[row]]}, ${isAlone ? 'while none of its children runs' : 'without waiting for a child'}`,
  }
}

function workWord({ spans }: Trace, row: SpanIndex): string {
  if ((spans.flags[row] & SpanFlag.missing) !== 0) return 'below a parent that never arrived'
  if ((spans.flags[row] & SpanFlag.database) !== 0) return 'one database call'
  return spans.kind[row] === SpanKind.client ? 'one call whose other side is not in the trace' : 'one span'
}
