/** The first half of `buildTrace`: which rows are one span, and which row is whose parent. */
import { IdTable } from '#shared/base/id-table'
import { release } from '#shared/base/release'
import type { ArrivedSpans } from './arrival.ts'
import { UNKNOWN_SERVICE } from './compact.ts'
import { SpanFlag, SpanKind, type ScopeInfo } from './table.ts'

/** The spans of one trace while they are put in order: recorded ones in order of arrival, then the missing parents. */
export interface Draft {
  /** Recorded spans, after the same span from two documents was merged. */
  readonly recorded: number
  /** Recorded and missing. */
  readonly length: number
  /** Row of ArrivedSpans, of the recorded ones. */
  readonly arrival: Int32Array
  /** Draft row of the parent; -1 for a root. */
  readonly parent: Int32Array
  readonly flags: Uint16Array
  readonly idHigh: Uint32Array
  readonly idLow: Uint32Array
  /** Arrived rows that were the same span again. */
  readonly merged: number
  /** Recorded rows without an id. */
  readonly withoutId: number
}

/**
 * How many spans of one id are compared with each other. Real duplicates come in twos and threes; without a bound, 500,000 spans that
 * all have one id would cost the square of it.
 */
const CHAIN_LIMIT = 64

/** Finds parents; merges spans that arrived twice, makes rows for parents that did not arrive, cuts cycles. O(n). */
export function linkSpans(
  spans: ArrivedSpans,
  arrived: Int32Array,
  scopes: readonly ScopeInfo[],
  services: readonly string[],
): Draft {
  const unknown = services.indexOf(UNKNOWN_SERVICE)
  const { arrival, merged, table, next } = mergeSame(spans, arrived, scopes, unknown)
  const recorded = arrival.length
  const resolved = resolveParents(spans, arrival, scopes, table, next)
  const length = recorded + resolved.missingHigh.length
  const idHigh = new Uint32Array(length)
  const idLow = new Uint32Array(length)
  const flags = new Uint16Array(length)
  const parent = new Int32Array(length)
  let withoutId = 0
  for (let row = 0; row < recorded; row++) {
    const source = arrival[row]
    idHigh[row] = spans.idHigh[source]
    idLow[row] = spans.idLow[source]
    if (idHigh[row] === 0 && idLow[row] === 0) withoutId++
    parent[row] = resolved.parent[row]
    flags[row] = spans.flags[source]
    if (resolved.parent[row] >= recorded) flags[row] |= SpanFlag.orphan
  }
  for (let i = 0; i < resolved.missingHigh.length; i++) {
    const row = recorded + i
    idHigh[row] = resolved.missingHigh[i]
    idLow[row] = resolved.missingLow[i]
    parent[row] = -1
    flags[row] = SpanFlag.missing
  }
  cutCycles(spans, arrival, parent, flags)
  for (let row = 0; row < recorded; row++) {
    if (next[row] < 0) continue
    for (let other = next[row], steps = 0; other >= 0 && steps < CHAIN_LIMIT; other = next[other], steps++) {
      if (parent[row] === other || parent[other] === row) continue
      flags[row] |= SpanFlag.duplicate
      flags[other] |= SpanFlag.duplicate
    }
  }
  table.release()
  release(next, resolved.parent)
  return { recorded, length, arrival, parent, flags, idHigh, idLow, merged, withoutId }
}

interface Merged {
  readonly arrival: Int32Array
  readonly merged: number
  /** From id to the first draft row that has it. */
  readonly table: IdTable
  /** The next draft row with the same id; -1 = none. */
  readonly next: Int32Array
}

/** `unknown`: the service of spans that name none; -1 where all name one. */
function mergeSame(
  spans: ArrivedSpans,
  arrived: Int32Array,
  scopes: readonly ScopeInfo[],
  unknown: number,
): Merged {
  const n = arrived.length
  const table = new IdTable(n)
  const next = new Int32Array(n).fill(-1)
  /** Last row of the chain that begins at a row; only read for first rows. */
  let last: Int32Array | undefined
  const arrival = new Int32Array(n)
  let kept = 0
  for (let i = 0; i < n; i++) {
    const source = arrived[i]
    const high = spans.idHigh[source]
    const low = spans.idLow[source]
    if (high === 0 && low === 0) {
      arrival[kept++] = source
      continue
    }
    const first = table.add(high, low, kept)
    if (first < 0) {
      arrival[kept++] = source
      continue
    }
    let same = -1
    for (let row = first, steps = 0; row >= 0 && steps < CHAIN_LIMIT; row = next[row], steps++) {
      if (isSameSpan(spans, arrival[row], source, scopes, unknown)) {
        same = row
        break
      }
    }
    if (same >= 0) {
      if (isBetter(scopes[spans.scope[source]], scopes[spans.scope[arrival[same]]], unknown)) {
        arrival[same] = source
      }
      continue
    }
    last ??= new Int32Array(n).fill(-1)
    next[last[first] < 0 ? first : last[first]] = kept
    last[first] = kept
    arrival[kept++] = source
  }
  release(last)
  return { arrival: arrival.subarray(0, kept), merged: n - kept, table, next: next.subarray(0, kept) }
}

/** Of two copies of a span, the one that names its service, then the one with finer times. */
function isBetter(copy: ScopeInfo, than: ScopeInfo, unknown: number): boolean {
  const isNamed = copy.service !== unknown
  return isNamed === (than.service !== unknown) ? isCoarse(than) && !isCoarse(copy) : isNamed
}

/** Whether times were cut to microseconds: of two copies of a span, the other is then the better one. */
export function isCoarse(scope: ScopeInfo): boolean {
  return !scope.format.startsWith('otlp')
}

/**
 * Whether two rows of one id are one span that arrived twice. Times may differ by the microsecond that a coarse format cuts off;
 * between documents the start may differ more, because a server may have moved it (Jaeger's clock skew adjustment).
 */
function isSameSpan(
  spans: ArrivedSpans,
  a: number,
  b: number,
  scopes: readonly ScopeInfo[],
  unknown: number,
): boolean {
  if (spans.name[a] !== spans.name[b]) return false
  const kindA = spans.kind[a]
  const kindB = spans.kind[b]
  // Jaeger and Zipkin have no word for `internal`: there it is unspecified.
  if (kindA !== kindB && Math.max(kindA, kindB) > SpanKind.internal) return false
  const durationA = spans.duration[a]
  const durationB = spans.duration[b]
  if (Number.isNaN(durationA) !== Number.isNaN(durationB)) return false
  if (Math.abs(durationA - durationB) >= 1_000) return false
  const scopeA = scopes[spans.scope[a]]
  const scopeB = scopes[spans.scope[b]]
  if (scopeA.document !== scopeB.document) {
    // A source may have lost the name that another kept.
    return scopeA.service === scopeB.service || scopeA.service === unknown || scopeB.service === unknown
  }
  const startA = spans.startSeconds[a]
  const startB = spans.startSeconds[b]
  if (Number.isNaN(startA) && Number.isNaN(startB)) return true
  const difference = (startA - startB) * 1e9 + (spans.startNanos[a] - spans.startNanos[b])
  return Math.abs(difference) < 1_000
}

interface Resolved {
  readonly parent: Int32Array
  readonly missingHigh: number[]
  readonly missingLow: number[]
}

function resolveParents(
  spans: ArrivedSpans,
  arrival: Int32Array,
  scopes: readonly ScopeInfo[],
  table: IdTable,
  next: Int32Array,
): Resolved {
  const n = arrival.length
  const parent = new Int32Array(n)
  const missingHigh: number[] = []
  const missingLow: number[] = []
  for (let row = 0; row < n; row++) {
    const source = arrival[row]
    const high = spans.parentHigh[source]
    const low = spans.parentLow[source]
    const id = table.find(spans.idHigh[source], spans.idLow[source])
    if (id >= 0 && (id !== row || next[row] >= 0)) {
      const client = clientHalf(spans, arrival, next, id, row)
      if (client >= 0) {
        parent[row] = client
        continue
      }
    }
    if (high === 0 && low === 0) {
      parent[row] = -1
      continue
    }
    const first = table.find(high, low)
    if (first < 0) {
      const missing = n + missingHigh.length
      table.add(high, low, missing)
      missingHigh.push(high)
      missingLow.push(low)
      parent[row] = missing
    } else {
      parent[row] = first >= n || next[first] < 0 ? first : bestOf(spans, arrival, scopes, next, first, row)
    }
  }
  return { parent, missingHigh, missingLow }
}

/**
 * Zipkin lets the two ends of a call share one span id: then the server's half is the child of the client's half.
 * The client's half of `row`, among the rows of its id; -1 when `row` is not the server's half of a call.
 */
function clientHalf(
  spans: ArrivedSpans,
  arrival: Int32Array,
  next: Int32Array,
  first: number,
  row: number,
): number {
  const kind = spans.kind[arrival[row]]
  if (kind !== SpanKind.server && kind !== SpanKind.consumer) return -1
  const wanted = kind === SpanKind.server ? SpanKind.client : SpanKind.producer
  for (let other = first, steps = 0; other >= 0 && steps < CHAIN_LIMIT; other = next[other], steps++) {
    if (other !== row && spans.kind[arrival[other]] === wanted) return other
  }
  return -1
}

/** Which of several spans of one id is the parent of `row`: of the same service, then the half that served, then the first. */
function bestOf(
  spans: ArrivedSpans,
  arrival: Int32Array,
  scopes: readonly ScopeInfo[],
  next: Int32Array,
  first: number,
  row: number,
): number {
  const service = scopes[spans.scope[arrival[row]]].service
  let best = -1
  let bestScore = -1
  for (let other = first, steps = 0; other >= 0 && steps < CHAIN_LIMIT; other = next[other], steps++) {
    if (other === row) continue
    const source = arrival[other]
    const kind = spans.kind[source]
    const score =
      (scopes[spans.scope[source]].service === service ? 2 : 0) +
      (kind === SpanKind.server || kind === SpanKind.consumer ? 1 : 0)
    if (score > bestScore) {
      best = other
      bestScore = score
    }
  }
  return best
}

/** Makes the earliest span of each cycle a root, so that every row hangs below one. */
function cutCycles(spans: ArrivedSpans, arrival: Int32Array, parent: Int32Array, flags: Uint16Array): void {
  /** 0 = not seen, else the number of the walk that saw it. */
  const seen = new Int32Array(parent.length)
  for (let from = 0; from < parent.length; from++) {
    let row = from
    while (row >= 0 && seen[row] === 0) {
      seen[row] = from + 1
      row = parent[row]
    }
    if (row < 0 || seen[row] !== from + 1) continue
    let earliest = row
    for (let other = parent[row]; other !== row; other = parent[other]) {
      if (startsBefore(spans, arrival[other], arrival[earliest])) earliest = other
    }
    parent[earliest] = -1
    flags[earliest] |= SpanFlag.cycle
  }
  release(seen)
}

function startsBefore(spans: ArrivedSpans, a: number, b: number): boolean {
  const seconds = spans.startSeconds[a] - spans.startSeconds[b]
  if (Number.isNaN(seconds))
    return Number.isNaN(spans.startSeconds[b]) && !Number.isNaN(spans.startSeconds[a])
  if (seconds !== 0) return seconds < 0
  const nanos = spans.startNanos[a] - spans.startNanos[b]
  return nanos === 0 ? a < b : nanos < 0
}
