/** Answers in a sentence: what a reader should look at first. Nothing is said that the columns do not show. */
import { type CriticalPath, longestRoot } from '#shared/derive/critical-path'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import { type Failure, firstFailure } from '#shared/derive/failure'
import { countOf, formatCount } from '#shared/derive/quantities'
import { longestRepetition, rowsOfRepetition } from '#shared/derive/repeated-siblings'
import { isWaiting, waitingNames } from '#shared/derive/waiting'
import type { SpanDetail } from '#shared/trace/detail'
import { SpanFlag, SpanKind, type SpanIndex, type Trace } from '#shared/trace/table'

export interface Finding {
  /** `work`: one span's own time is most of the path. `repeat`: like siblings one after the other (N+1). */
  readonly kind: 'wait' | 'work' | 'error' | 'repeat' | 'clock' | 'missing'
  readonly severity: 'error' | 'warning' | 'info'
  /** For instance `4.50 s of 4.87 s is one wait`. */
  readonly title: string
  /** For instance `payment-service, payments-db pool.acquire`. */
  readonly text: string
  /** The row to go to. */
  readonly row: SpanIndex
  /** Up to 1,000 rows it is about, `row` among them. */
  readonly rows: readonly SpanIndex[]
}

const mostFindings = 4
const mostRows = 1_000
/** Less of the whole than this is not why a trace is slow. */
const tellingShare = { wait: 0.1, work: 0.3, repeat: 0.02 }

/**
 * Up to four findings, the most telling first; `detailOf` decodes a span and is called for one row at most.
 * Cost: a few walks over the spans and the path.
 */
export function findings(
  trace: Trace,
  path: CriticalPath,
  detailOf: (row: SpanIndex) => SpanDetail | undefined,
): Finding[] {
  return [
    timeFinding(trace, path),
    errorFinding(trace, detailOf),
    repeatFinding(trace),
    clockFinding(trace),
    missingFinding(trace),
  ]
    .filter((finding) => finding !== undefined)
    .slice(0, mostFindings)
}

/** The service and name of a row. */
function placeOf({ spans, services, names }: Trace, row: SpanIndex): string {
  return `${services[spans.service[row]]}, ${names[spans.name[row]]}`
}

/** Where the time of the critical path went: into one wait, several of a kind, or one span's own work. */
function timeFinding(trace: Trace, path: CriticalPath): Finding | undefined {
  if (path.root < 0 || trace.spanCount < 2) return undefined
  const { spans } = trace
  const wholeNs = spans.duration[path.root]
  const ownNs = new Map<SpanIndex, number>()
  for (let piece = 0; piece < path.length; piece++) {
    const row = path.row[piece]
    ownNs.set(row, (ownNs.get(row) ?? 0) + path.end[piece] - path.start[piece])
  }
  const waiting = waitingNames(trace.names)
  const waits = new Map<string, { ns: number; longest: SpanIndex; rows: SpanIndex[] }>()
  let busiest = path.root
  for (const [row, ns] of ownNs) {
    if (ns > (ownNs.get(busiest) ?? 0)) busiest = row
    if (!isWaiting(trace, waiting, row)) continue
    const key = `${spans.service[row]} ${spans.name[row]}`
    const wait = waits.get(key)
    if (wait === undefined) waits.set(key, { ns, longest: row, rows: [row] })
    else {
      wait.ns += ns
      wait.rows.push(row)
      if (ns > (ownNs.get(wait.longest) ?? 0)) wait.longest = row
    }
  }
  const wait = [...waits.values()].reduce<{ ns: number; longest: SpanIndex; rows: SpanIndex[] } | undefined>(
    (most, one) => (most === undefined || one.ns > most.ns ? one : most),
    undefined,
  )
  if (wait !== undefined && wait.ns >= wholeNs * tellingShare.wait) {
    const alone = (ownNs.get(wait.longest) ?? 0) >= wait.ns * 0.8
    const ns = alone ? (ownNs.get(wait.longest) ?? 0) : wait.ns
    return {
      kind: 'wait',
      severity: 'warning',
      title: `${formatDuration(ns)} of ${formatDuration(wholeNs)} is ${alone ? 'one wait' : countOf(wait.rows.length, 'wait')}`,
      text: placeOf(trace, wait.longest),
      row: wait.longest,
      rows: alone ? [wait.longest] : withRow(wait.rows, wait.longest),
    }
  }
  const busiestNs = ownNs.get(busiest) ?? 0
  if (busiestNs < wholeNs * tellingShare.work || busiestNs === 0) return undefined
  return {
    kind: 'work',
    severity: 'info',
    title: `${formatDuration(busiestNs)} of ${formatDuration(wholeNs)} is ${workWord(trace, busiest)}`,
    text: placeOf(trace, busiest),
    row: busiest,
    rows: [busiest],
  }
}

function workWord({ spans }: Trace, row: SpanIndex): string {
  if ((spans.flags[row] & SpanFlag.missing) !== 0) return 'below a parent that never arrived'
  if (spans.childCount[row] > 0) return 'one span itself, outside its children'
  if ((spans.flags[row] & SpanFlag.database) !== 0) return 'one database call'
  return spans.kind[row] === SpanKind.client ? 'one call whose other side is not in the trace' : 'one span'
}

function errorFinding(
  trace: Trace,
  detailOf: (row: SpanIndex) => SpanDetail | undefined,
): Finding | undefined {
  const failure = firstFailure(trace.spans)
  if (failure === undefined) return undefined
  const { row } = failure
  const message = errorMessage(detailOf(row)) ?? trace.names[trace.spans.name[row]]
  return {
    kind: 'error',
    severity: 'error',
    title: `${failure.othersBefore === 0 ? 'First error' : 'Error'}: ${message}`,
    text: [placeOf(trace, row), ...aftermath(trace, failure)].join('; '),
    row,
    rows: lineUpTo(trace, row, failure.top),
  }
}

function aftermath({ spans, services }: Trace, { row, top, othersBefore }: Failure): string[] {
  const said: string[] = []
  const above = spans.depth[row] - spans.depth[top]
  if (above > 0) said.push(`then in ${countOf(above, 'span')} above, up to ${services[spans.service[top]]}`)
  if (othersBefore > 0) said.push(`${countOf(othersBefore, 'earlier error')} did not reach as far up`)
  return said
}

function lineUpTo({ spans }: Trace, row: SpanIndex, top: SpanIndex): SpanIndex[] {
  const rows = [row]
  for (let at = row; at !== top && rows.length < mostRows;) rows.push((at = spans.parent[at]))
  return rows
}

const longestMessage = 120

/** What a failed span says of its failure: status message, exception, error attributes; on one line. */
export function errorMessage(detail: SpanDetail | undefined): string | undefined {
  if (detail === undefined) return undefined
  const exception = detail.events.find((event) => event.name === 'exception')
  const said = [
    detail.statusMessage,
    valueOf(exception?.attributes, 'exception.message'),
    valueOf(exception?.attributes, 'exception.type'),
    valueOf(detail.attributes, 'error.message'),
    valueOf(detail.attributes, 'exception.message'),
    valueOf(detail.attributes, 'error.type'),
    valueOf(detail.events.find((event) => event.name === 'error')?.attributes, 'message'),
  ].find((text) => text !== undefined && text.trim() !== '')
  if (said === undefined) return undefined
  const line = said.trim().split(/\s*\n/u)[0]
  return line.length > longestMessage ? `${line.slice(0, longestMessage - 1)}…` : line
}

function valueOf(attributes: SpanDetail['attributes'] | undefined, key: string): string | undefined {
  const value = attributes?.find((attribute) => attribute.key === key)?.value
  return typeof value === 'string' ? value : undefined
}

function repeatFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const repetition = longestRepetition(spans)
  if (repetition === undefined) return undefined
  const root = longestRoot(spans)
  if (repetition.totalNs < spans.duration[root] * tellingShare.repeat) return undefined
  const { first, count, totalNs } = repetition
  return {
    kind: 'repeat',
    severity: 'warning',
    title: `${formatCount(count)} × ${trace.names[spans.name[first]]}`,
    text: `one by one in ${trace.services[spans.service[first]]}, ${formatDuration(totalNs)}`,
    row: first,
    rows: rowsOfRepetition(spans, repetition, mostRows),
  }
}

function clockFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const problem = trace.problems.find(({ kind }) => kind === 'clock-skew')
  if (spans.shift.length === 0) {
    if (problem === undefined || problem.rows.length === 0) return undefined
    return {
      kind: 'clock',
      severity: 'info',
      title: `The clock of ${trace.services[spans.service[problem.rows[0]]]} differs`,
      text: `${countOf(problem.count, 'span')} shown as recorded`,
      row: problem.rows[0],
      rows: problem.rows,
    }
  }
  const moved = trace.services.map(() => 0)
  for (let row = 0; row < spans.length; row++) if (spans.shift[row] !== 0) moved[spans.service[row]]++
  const most = moved.reduce((best, count, service) => (count > moved[best] ? service : best), 0)
  if (moved.length === 0 || moved[most] === 0) return undefined
  const rows: SpanIndex[] = []
  let furthest = -1
  for (let row = 0; row < spans.length; row++) {
    if (spans.shift[row] === 0 || spans.service[row] !== most) continue
    if (rows.length < mostRows) rows.push(row)
    if (furthest < 0 || Math.abs(spans.shift[row]) > Math.abs(spans.shift[furthest])) furthest = row
  }
  const shift = spans.shift[furthest]
  const others = moved.filter((count, service) => count > 0 && service !== most).length
  return {
    kind: 'clock',
    severity: 'info',
    title: `${trace.services[most]} clock ${formatOffset(-shift)}`,
    text:
      `${countOf(moved[most], 'span')} shifted ${shift < 0 ? 'back' : 'forward'} to fit the callers` +
      (others > 0 ? `; so were those of ${countOf(others, 'other service')}` : ''),
    row: furthest,
    rows: withRow(rows, furthest),
  }
}

function missingFinding(trace: Trace): Finding | undefined {
  const { spans } = trace
  const rows: SpanIndex[] = []
  let orphans = 0
  let missing = 0
  for (let row = 0; row < spans.length; row++) {
    if ((spans.flags[row] & SpanFlag.orphan) !== 0) orphans++
    if ((spans.flags[row] & SpanFlag.missing) === 0) continue
    missing++
    if (rows.length < mostRows) rows.push(row)
  }
  if (missing === 0) return undefined
  return {
    kind: 'missing',
    severity: 'warning',
    title: `${countOf(missing, 'parent')} never arrived`,
    text: `${countOf(orphans, 'span')} ${orphans === 1 ? 'stands' : 'stand'} below a dashed row; the trace may be incomplete`,
    row: rows[0],
    rows,
  }
}

/** At most `mostRows` rows, the one to go to among them. */
function withRow(rows: readonly SpanIndex[], row: SpanIndex): SpanIndex[] {
  const some = rows.slice(0, mostRows)
  if (!some.includes(row)) some[some.length - 1] = row
  return some
}
