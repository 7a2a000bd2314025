/** The invariants of table.ts, tested; every importer's test runs it over every trace. */
import { type SpanTable, SpanFlag, SpanKind, type Trace } from './table.ts'

const MOST_COMPLAINTS = 20

/** Every invariant of `Trace` and `SpanTable` that does not hold, as sentences; empty when all do. O(n), stops at 20. */
export function checkTrace(trace: Trace): string[] {
  const complaints: string[] = []
  const say = (text: string): void => {
    if (complaints.length < MOST_COMPLAINTS) complaints.push(text)
  }
  if (!checkLengths(trace.spans, say)) return complaints
  checkTree(trace.spans, say)
  checkValues(trace, say)
  checkSelf(trace.spans, say)
  checkIds(trace.spans, say)
  checkTotals(trace, say)
  return complaints
}

type Say = (text: string) => void

function checkLengths(spans: SpanTable, say: Say): boolean {
  const n = spans.length
  const columns: Record<string, { readonly length: number }> = {
    parent: spans.parent,
    subtreeEnd: spans.subtreeEnd,
    depth: spans.depth,
    childCount: spans.childCount,
    start: spans.start,
    duration: spans.duration,
    self: spans.self,
    name: spans.name,
    service: spans.service,
    kind: spans.kind,
    flags: spans.flags,
    idHigh: spans.idHigh,
    idLow: spans.idLow,
    scope: spans.scope,
    byteStart: spans.byteStart,
    byteEnd: spans.byteEnd,
    linkCount: spans.linkCount,
  }
  let fine = true
  for (const [name, column] of Object.entries(columns)) {
    if (column.length === n) continue
    say(`${name} has ${column.length} entries, not ${n}`)
    fine = false
  }
  if (spans.eventStart.length !== n + 1) {
    say(`eventStart has ${spans.eventStart.length} entries, not ${n + 1}`)
    return false
  }
  if (spans.shift.length !== 0 && spans.shift.length !== n) {
    say(`shift has ${spans.shift.length} entries, not 0 or ${n}`)
    fine = false
  }
  if (spans.eventStart[0] !== 0) say('eventStart does not begin with 0')
  if (spans.eventStart[n] !== spans.eventTime.length) say('eventStart does not end at the number of events')
  return fine
}

function checkTree(spans: SpanTable, say: Say): void {
  const { length, parent, subtreeEnd, depth, childCount, start } = spans
  const children = new Int32Array(length)
  /** Where the next child of a row must begin. */
  const nextChild = new Int32Array(length)
  const lastStart = new Float64Array(length)
  let nextRoot = 0
  let lastRootStart = 0
  for (let row = 0; row < length; row++) {
    const above = parent[row]
    if (above < -1 || above >= row) {
      say(`row ${row}: parent ${above} is not above it`)
      return
    }
    if (subtreeEnd[row] <= row || subtreeEnd[row] > length) say(`row ${row}: subtreeEnd ${subtreeEnd[row]}`)
    if (above < 0) {
      if (depth[row] !== 0) say(`row ${row}: a root at depth ${depth[row]}`)
      if (row !== nextRoot) say(`row ${row}: the next root was expected at ${nextRoot}`)
      if (start[row] < lastRootStart) say(`row ${row}: starts before the root above it`)
      lastRootStart = start[row]
      nextRoot = subtreeEnd[row]
    } else {
      children[above]++
      if (depth[row] !== depth[above] + 1) say(`row ${row}: depth ${depth[row]} below ${depth[above]}`)
      if (subtreeEnd[row] > subtreeEnd[above]) say(`row ${row}: its subtree ends after its parent's`)
      if (row !== nextChild[above])
        say(`row ${row}: the next child of ${above} was expected at ${nextChild[above]}`)
      if (start[row] < lastStart[above]) say(`row ${row}: starts before the sibling above it`)
      lastStart[above] = start[row]
      nextChild[above] = subtreeEnd[row]
    }
    nextChild[row] = row + 1
  }
  for (let row = 0; row < length; row++) {
    if (children[row] !== childCount[row])
      say(`row ${row}: childCount ${childCount[row]}, not ${children[row]}`)
    if (nextChild[row] !== subtreeEnd[row])
      say(`row ${row}: subtreeEnd ${subtreeEnd[row]}, not ${nextChild[row]}`)
  }
  if (nextRoot !== length) say(`the last root ends at ${nextRoot}, not ${length}`)
}

function checkValues(trace: Trace, say: Say): void {
  const { spans } = trace
  const within = (row: number, what: string, value: number, from: number, to: number): void => {
    if (!(value >= from && value < to)) say(`row ${row}: ${what} ${value} is not in ${from}..${to}`)
  }
  for (let row = 0; row < spans.length; row++) {
    const flags = spans.flags[row]
    const has = (bit: number): boolean => (flags & bit) !== 0
    within(row, 'start', spans.start[row], 0, Infinity)
    within(row, 'duration', spans.duration[row], 0, Infinity)
    if (!(spans.self[row] >= 0 && spans.self[row] <= spans.duration[row])) {
      say(`row ${row}: self ${spans.self[row]} of ${spans.duration[row]}`)
    }
    within(row, 'name', spans.name[row], 0, trace.names.length)
    within(row, 'service', spans.service[row], 0, trace.services.length)
    within(row, 'kind', spans.kind[row], 0, SpanKind.consumer + 1)
    if (spans.eventStart[row + 1] < spans.eventStart[row]) say(`row ${row}: its events end before they begin`)
    if (spans.shift.length > 0 && has(SpanFlag.shifted) !== (spans.shift[row] !== 0)) {
      say(`row ${row}: shift ${spans.shift[row]} against its flag`)
    }
    if (spans.shift.length === 0 && has(SpanFlag.shifted))
      say(`row ${row}: flagged as shifted without a shift`)
    if (has(SpanFlag.error) && has(SpanFlag.ok)) say(`row ${row}: error and ok at once`)
    if (has(SpanFlag.negative) && spans.duration[row] !== 0) say(`row ${row}: negative, but lasts`)
    const above = spans.parent[row]
    const orphan = above >= 0 && (spans.flags[above] & SpanFlag.missing) !== 0
    if (orphan !== has(SpanFlag.orphan)) say(`row ${row}: the orphan flag against its parent`)
    if (has(SpanFlag.cycle) && above >= 0) say(`row ${row}: cut from a cycle, but not a root`)
    if (has(SpanFlag.missing)) {
      if (above >= 0) say(`row ${row}: missing, but not a root`)
      if (spans.childCount[row] === 0) say(`row ${row}: missing, without children`)
      if (spans.scope[row] !== -1) say(`row ${row}: missing, with scope ${spans.scope[row]}`)
      if (spans.byteStart[row] !== 0 || spans.byteEnd[row] !== 0) say(`row ${row}: missing, with bytes`)
      if (spans.eventStart[row + 1] !== spans.eventStart[row]) say(`row ${row}: missing, with events`)
    } else {
      within(row, 'scope', spans.scope[row], 0, trace.scopes.length)
      if (!(spans.byteEnd[row] >= spans.byteStart[row])) say(`row ${row}: its bytes end before they begin`)
      const scope = trace.scopes[spans.scope[row]]
      if (scope !== undefined && scope.service !== spans.service[row])
        say(`row ${row}: another service than its scope`)
    }
  }
  for (const [index, time] of spans.eventTime.entries())
    if (Number.isNaN(time)) say(`event ${index}: time is NaN`)
}

/** Self time again, from the children of each row, in another way than the builder's. */
function checkSelf(spans: SpanTable, say: Say): void {
  const { start, duration, self, subtreeEnd } = spans
  for (let row = 0; row < spans.length; row++) {
    const end = start[row] + duration[row]
    let idle = 0
    let at = start[row]
    for (let child = row + 1; child < subtreeEnd[row]; child = subtreeEnd[child]) {
      const from = Math.min(Math.max(start[child], start[row]), end)
      if (from > at) idle += from - at
      at = Math.max(at, Math.min(start[child] + duration[child], end))
    }
    idle += end - at
    // Doubles round above 2^53; below it both ways are exact.
    if (Math.abs(idle - self[row]) > Math.max(1, end) * 2 ** -50)
      say(`row ${row}: self ${self[row]}, not ${idle}`)
  }
}

/** Spans that share an id are flagged, unless they are the two halves of one call. */
function checkIds(spans: SpanTable, say: Say): void {
  const order = Uint32Array.from({ length: spans.length }, (_, row) => row).sort(
    (a, b) => spans.idHigh[a] - spans.idHigh[b] || spans.idLow[a] - spans.idLow[b] || a - b,
  )
  for (let i = 1; i < order.length; i++) {
    const a = order[i - 1]
    const b = order[i]
    if (spans.idHigh[a] !== spans.idHigh[b] || spans.idLow[a] !== spans.idLow[b]) continue
    if (spans.idHigh[a] === 0 && spans.idLow[a] === 0) continue
    if (spans.parent[b] === a) continue
    if ((spans.flags[a] & spans.flags[b] & SpanFlag.duplicate) === 0)
      say(`rows ${a} and ${b}: one id, not flagged`)
  }
}

function checkTotals(trace: Trace, say: Say): void {
  const { spans } = trace
  let recorded = 0
  let errors = 0
  let levels = 0
  let first = Infinity
  let last = 0
  const perService = trace.services.map(() => 0)
  for (let row = 0; row < spans.length; row++) {
    first = Math.min(first, spans.start[row])
    last = Math.max(last, spans.start[row] + spans.duration[row])
    levels = Math.max(levels, spans.depth[row] + 1)
    if ((spans.flags[row] & SpanFlag.missing) !== 0) continue
    recorded++
    perService[spans.service[row]]++
    if ((spans.flags[row] & SpanFlag.error) !== 0) errors++
  }
  if (!/^[0-9a-f]{32}$/.test(trace.traceId)) say(`trace id ${trace.traceId}`)
  if (spans.length > 0 && first !== 0) say(`the earliest start is ${first}, not 0`)
  if (last !== trace.durationNs) say(`durationNs ${trace.durationNs}, not ${last}`)
  if (recorded !== trace.spanCount) say(`spanCount ${trace.spanCount}, not ${recorded}`)
  if (errors !== trace.errorCount) say(`errorCount ${trace.errorCount}, not ${errors}`)
  if (levels !== trace.levels) say(`levels ${trace.levels}, not ${levels}`)
  if (perService.join() !== trace.serviceSpans.join()) {
    say(`serviceSpans ${trace.serviceSpans.join()}, not ${perService.join()}`)
  }
  for (const problem of trace.problems) {
    if (problem.count < 1) say(`a problem of no spans: ${problem.message}`)
    if (problem.rows.length > 100) say(`a problem with ${problem.rows.length} rows: ${problem.message}`)
    if (problem.rows.some((row) => row < 0 || row >= spans.length))
      say(`a problem with other rows: ${problem.message}`)
  }
}
