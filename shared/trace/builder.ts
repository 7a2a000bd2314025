/** From spans in order of arrival to a `Trace` in tree order. Every step is iterative and O(n). */
import { radixOrder } from '#shared/base/radix-order'
import { release } from '#shared/base/release'
import type { ArrivedSpans } from './arrival.ts'
import { findSkew } from './clock-skew.ts'
import { compactNames } from './compact.ts'
import { type Draft, isCoarse, linkSpans } from './draft.ts'
import { childLists, layOut } from './layout.ts'
import { findProblems } from './problems.ts'
import { type Problem, type ScopeInfo, SpanFlag, type SpanTable, type Trace } from './table.ts'

/** What a trace is made of. Indexes in `spans` and `scopes` point into the importer's lists, which may hold other traces' things too. */
export interface TraceParts {
  /** 32 lower-case hex digits. */
  readonly traceId: string
  readonly spans: ArrivedSpans
  /** Rows of `spans` that belong to the trace, ascending. */
  readonly rows: Int32Array
  readonly names: readonly string[]
  readonly services: readonly string[]
  readonly scopes: readonly ScopeInfo[]
  /** What was found wrong while reading; put before what is found here. */
  readonly problems: readonly Problem[]
}

export interface TraceOptions {
  /** Move spans whose clock differs; when false they are only reported. */
  readonly adjustSkew: boolean
  /** Where columns lie; ArrayBuffer by default. */
  readonly allocate?: ((byteLength: number) => ArrayBufferLike) | undefined
}

/** Puts the spans of one trace in order, mending and listing what is wrong with them; a trace of no spans is allowed. */
export function buildTrace(parts: TraceParts, options: TraceOptions): Trace {
  const { spans, scopes } = parts
  const draft = linkSpans(spans, parts.rows, scopes, parts.services)
  const { recorded, length, arrival, parent, flags } = draft
  const allocate = options.allocate ?? ((byteLength: number) => new ArrayBuffer(byteLength))

  const firstSecond = firstRealSecond(spans, arrival)
  const base = earliest(spans, arrival, firstSecond)
  const start = new Float64Array(length)
  const duration = new Float64Array(length)
  readTimes(spans, draft, base, firstSecond, start, duration)
  const { order, firstChild, nextSibling } = childLists(parent)
  release(firstChild, nextSibling)
  fillTimes(order, draft, start)

  const compact = compactNames(parts, draft)
  const { process, coarse } = clocks(spans, draft, scopes)
  const skew = findSkew({ order, parent, flags, start, duration, process, coarse })
  release(order, process, coarse)
  let shifted = 0
  if (skew !== undefined && options.adjustSkew) {
    for (let row = 0; row < recorded; row++) {
      if (skew[row] === 0) continue
      start[row] += skew[row]
      flags[row] |= SpanFlag.shifted
      shifted++
    }
  }
  spanMissing(draft, start, duration)

  const moved = makeRelative(start)
  let latest = 0
  for (let row = 0; row < length; row++) latest = Math.max(latest, start[row] + duration[row])

  const sorted = radixOrder(start)
  const layout = layOut(parent, sorted)
  release(sorted)
  const { position } = layout
  const make = <Column>(type: ColumnType<Column>, size: number): Column =>
    new type(allocate(size * type.BYTES_PER_ELEMENT), 0, size)
  const table = {
    parent: make(Int32Array, length),
    subtreeEnd: make(Int32Array, length),
    depth: make(Int32Array, length),
    childCount: make(Int32Array, length),
    start: make(Float64Array, length),
    duration: make(Float64Array, length),
    self: make(Float64Array, length),
    shift: make(Float64Array, shifted > 0 ? length : 0),
    name: make(Int32Array, length),
    service: make(Int32Array, length),
    kind: make(Uint8Array, length),
    flags: make(Uint16Array, length),
    idHigh: make(Uint32Array, length),
    idLow: make(Uint32Array, length),
    scope: make(Int32Array, length),
    byteStart: make(Float64Array, length),
    byteEnd: make(Float64Array, length),
    linkCount: make(Uint16Array, length),
    eventStart: make(Int32Array, length + 1),
  }
  let levels = 0
  for (let row = 0; row < length; row++) {
    const at = position[row]
    table.parent[at] = parent[row] < 0 ? -1 : position[parent[row]]
    table.subtreeEnd[at] = at + layout.size[row]
    table.depth[at] = layout.depth[row]
    levels = Math.max(levels, layout.depth[row] + 1)
    table.childCount[at] = layout.childCount[row]
    table.start[at] = start[row]
    table.duration[at] = duration[row]
    table.flags[at] = flags[row]
    table.idHigh[at] = draft.idHigh[row]
    table.idLow[at] = draft.idLow[row]
    table.name[at] = compact.name[row]
    table.service[at] = compact.service[row]
    table.scope[at] = compact.scope[row]
    if (shifted > 0 && skew !== undefined) table.shift[at] = row < recorded ? skew[row] : 0
    if (row >= recorded) continue
    const source = arrival[row]
    table.kind[at] = spans.kind[source]
    table.byteStart[at] = spans.byteStart[source]
    table.byteEnd[at] = spans.byteStart[source] + spans.byteLength[source]
    table.linkCount[at] = spans.linkCount[source]
    table.eventStart[at + 1] = spans.eventEnd[source] - (source === 0 ? 0 : spans.eventEnd[source - 1])
  }
  for (let at = 0; at < length; at++) table.eventStart[at + 1] += table.eventStart[at]
  const eventTime = make(Float64Array, table.eventStart[length])
  for (let row = 0; row < recorded; row++) {
    const source = arrival[row]
    let from = source === 0 ? 0 : spans.eventEnd[source - 1]
    // Nanoseconds from the epoch to the start that was recorded, where that is none but the times of events may be.
    const unset =
      spans.startSeconds[source] < firstSecond ? (spans.startSeconds[source] - base.seconds) * 1e9 - moved : 0
    for (let to = table.eventStart[position[row]]; from < spans.eventEnd[source]; from++, to++) {
      const offset = spans.eventOffset[from]
      if (Number.isNaN(offset)) eventTime[to] = start[row]
      else eventTime[to] = unset < 0 && unset + offset >= 0 ? unset + offset : start[row] + offset
    }
  }
  fillSelf(table)

  let errorCount = 0
  for (let row = 0; row < recorded; row++) if ((flags[row] & SpanFlag.error) !== 0) errorCount++
  const spanTable: SpanTable = { length, ...table, eventTime }
  const found = findProblems({
    draft,
    position,
    duration,
    skew,
    adjusted: options.adjustSkew,
    service: compact.service,
    services: compact.services,
  })
  release(position, layout.size, layout.depth, layout.childCount, start, duration, skew)
  release(compact.name, compact.service, compact.scope)
  release(arrival, parent, flags, draft.idHigh, draft.idLow)
  return {
    traceId: parts.traceId,
    epochNs: BigInt(base.seconds) * 1_000_000_000n + BigInt(base.nanos) + BigInt(Math.round(moved)),
    durationNs: latest,
    spans: spanTable,
    spanCount: recorded,
    errorCount,
    levels,
    names: compact.names,
    services: compact.services,
    serviceSpans: compact.serviceSpans,
    scopes: compact.scopes,
    problems: [...parts.problems, ...found],
  }
}

interface ColumnType<Column> {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): Column
}

interface Moment {
  readonly seconds: number
  readonly nanos: number
}

/**
 * Starts before this second are of clocks that were never set, and count as unknown: beside spans of the present, one of 1970 would
 * make a trace of fifty years. -Infinity where all spans are that old (made-up traces count from 0).
 */
export function firstRealSecond(spans: ArrivedSpans, rows: Int32Array): number {
  let latest = -Infinity
  for (const row of rows) if (spans.startSeconds[row] > latest) latest = spans.startSeconds[row]
  return latest > 10 * YEAR_SECONDS ? YEAR_SECONDS : -Infinity
}

const YEAR_SECONDS = 31_536_000
/** Nothing that is traced takes ten years: such an end is of a clock that was broken. */
const longestNs = 10 * YEAR_SECONDS * 1e9

/**
 * Nanoseconds; NaN also where it cannot be true, and would stretch the trace until nothing else is seen: longer than ten years, or an end
 * without a start, for which what was taken for a duration is the time since 1970.
 */
export function knownDuration(spans: ArrivedSpans, row: number, firstSecond: number): number {
  const start = spans.startSeconds[row]
  const duration = spans.duration[row]
  const isSince1970 = start < firstSecond && start + duration / 1e9 >= firstSecond
  return isSince1970 || duration > longestNs ? Number.NaN : duration
}

function earliest(spans: ArrivedSpans, arrival: Int32Array, firstSecond: number): Moment {
  let seconds = Infinity
  let nanos = 0
  for (const row of arrival) {
    const s = spans.startSeconds[row]
    if (s < firstSecond) continue
    if (s < seconds || (s === seconds && spans.startNanos[row] < nanos)) {
      seconds = s
      nanos = spans.startNanos[row]
    }
  }
  return seconds === Infinity ? { seconds: 0, nanos: 0 } : { seconds, nanos }
}

/** Recorded times as nanoseconds from `base`; NaN where the start is not known. Durations below zero become zero. */
function readTimes(
  spans: ArrivedSpans,
  draft: Draft,
  base: Moment,
  firstSecond: number,
  start: Float64Array,
  duration: Float64Array,
): void {
  const { arrival, flags, recorded } = draft
  for (let row = 0; row < recorded; row++) {
    const source = arrival[row]
    start[row] =
      spans.startSeconds[source] < firstSecond
        ? Number.NaN
        : (spans.startSeconds[source] - base.seconds) * 1e9 + (spans.startNanos[source] - base.nanos)
    const recordedDuration = knownDuration(spans, source, firstSecond)
    if (Number.isNaN(start[row]) || Number.isNaN(recordedDuration)) flags[row] |= SpanFlag.untimed
    if (recordedDuration < 0) flags[row] |= SpanFlag.negative
    duration[row] = recordedDuration > 0 ? recordedDuration : 0
  }
  for (let row = recorded; row < draft.length; row++) start[row] = Number.NaN
}

/** A span without a start takes its parent's, or else that of its earliest child. */
function fillTimes(order: Int32Array, draft: Draft, start: Float64Array): void {
  const { parent, recorded } = draft
  if (!start.subarray(0, recorded).some((value) => Number.isNaN(value))) return
  const earliestBelow = new Float64Array(start.length).fill(Infinity)
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i]
    if (parent[row] < 0) continue
    const own = Number.isNaN(start[row]) ? earliestBelow[row] : start[row]
    earliestBelow[parent[row]] = Math.min(earliestBelow[parent[row]], own)
  }
  for (const row of order) {
    if (row >= recorded || !Number.isNaN(start[row])) continue
    const above = parent[row]
    if (above >= 0 && above < recorded) start[row] = start[above]
    else start[row] = earliestBelow[row] === Infinity ? 0 : earliestBelow[row]
  }
  release(earliestBelow)
}

/** A parent that never arrived is drawn from the start of its first child to the end of its last. */
function spanMissing(draft: Draft, start: Float64Array, duration: Float64Array): void {
  const { parent, recorded, length } = draft
  if (recorded === length) return
  const end = new Float64Array(length)
  start.fill(Infinity, recorded)
  for (let row = 0; row < recorded; row++) {
    const above = parent[row]
    if (above < recorded) continue
    start[above] = Math.min(start[above], start[row])
    end[above] = Math.max(end[above], start[row] + duration[row])
  }
  for (let row = recorded; row < length; row++) duration[row] = Math.max(0, end[row] - start[row])
  release(end)
}

/** Makes the smallest start 0; returns what was taken away from all. */
function makeRelative(start: Float64Array): number {
  let smallest = Infinity
  for (const value of start) if (value < smallest) smallest = value
  if (smallest === 0 || smallest === Infinity) return 0
  for (let row = 0; row < start.length; row++) start[row] -= smallest
  return smallest
}

/** Which clock each row was timed by, and how finely. */
function clocks(
  spans: ArrivedSpans,
  draft: Draft,
  scopes: readonly ScopeInfo[],
): { process: Int32Array; coarse: Uint8Array } {
  const process = new Int32Array(draft.length).fill(-1)
  const coarse = new Uint8Array(draft.length)
  const { arrival, recorded } = draft
  if (recorded === 0) return { process, coarse }
  const first = scopes[spans.scope[arrival[0]]].document
  // One process has a resource in each document it comes from: then only its service tells that it is one.
  let oneDocument = true
  for (let row = 0; row < recorded && oneDocument; row++) {
    oneDocument = scopes[spans.scope[arrival[row]]].document === first
  }
  const processOf = new Map<number, number>()
  const ofScope = new Int32Array(scopes.length).fill(-1)
  for (let row = 0; row < recorded; row++) {
    const scope = spans.scope[arrival[row]]
    const info = scopes[scope]
    if (ofScope[scope] < 0) {
      const key = oneDocument && info.resource !== undefined ? info.resource.start : -1 - info.service
      let number = processOf.get(key)
      if (number === undefined) processOf.set(key, (number = processOf.size))
      ofScope[scope] = number
    }
    process[row] = ofScope[scope]
    if (isCoarse(info)) coarse[row] = 1
  }
  return { process, coarse }
}

/** Nanoseconds of each span in which none of its children was running; siblings come in order of start. */
function fillSelf(table: {
  parent: Int32Array
  start: Float64Array
  duration: Float64Array
  self: Float64Array
}): void {
  const { parent, start, duration, self } = table
  const length = parent.length
  /** Until when the children seen so far cover their parent. */
  const covered = new Float64Array(length)
  for (let row = 0; row < length; row++) {
    self[row] = duration[row]
    covered[row] = start[row]
    const above = parent[row]
    if (above < 0) continue
    const from = Math.max(start[row], covered[above])
    const to = Math.min(start[row] + duration[row], start[above] + duration[above])
    if (to <= from) continue
    self[above] -= to - from
    covered[above] = to
  }
  for (let row = 0; row < length; row++) if (self[row] < 0) self[row] = 0
  release(covered)
}
