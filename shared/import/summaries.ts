/** What a list of traces shows, from the spans as they came: without building any of them. */
import { IdTable } from '#shared/base/id-table'
import { release } from '#shared/base/release'
import { firstRealSecond, knownDuration } from '#shared/trace/builder'
import { isCoarse } from '#shared/trace/draft'
import { SpanFlag, type TraceSummary } from '#shared/trace/table'
import type { Intake } from './intake.ts'

/** A trace as its spans came: those that came twice count once. */
export interface ArrivedTrace {
  readonly rows: Int32Array
  readonly summary: TraceSummary
}

/** One summary a trace, newest first. O(n). */
export function summarise(intake: Intake): TraceSummary[] {
  const arrived = arrivedTraces(intake)
  for (const { rows } of arrived) release(rows)
  return arrived.map(({ summary }) => summary)
}

/** Every trace that came, newest first. O(n). */
export function arrivedTraces(intake: Intake): ArrivedTrace[] {
  const { spans, traceIds } = intake
  const traces = traceIds.texts.length
  /** Rows by trace, each trace's in order of arrival. */
  const rows = new Int32Array(spans.length)
  const ends = new Int32Array(traces + 1)
  for (let row = 0; row < spans.length; row++) ends[spans.trace[row] + 1]++
  for (let trace = 0; trace < traces; trace++) ends[trace + 1] += ends[trace]
  const next = ends.slice(0, traces)
  for (let row = 0; row < spans.length; row++) rows[next[spans.trace[row]]++] = row

  const serviceCounts = new Int32Array(intake.services.texts.length)
  const arrived: ArrivedTrace[] = []
  for (let trace = 0; trace < traces; trace++) {
    const own = rows.subarray(ends[trace], ends[trace + 1])
    if (own.length === 0) continue
    const distinctRows = distinct(intake, own)
    arrived.push({
      rows: distinctRows,
      summary: summariseOne(intake, traceIds.texts[trace], distinctRows, serviceCounts),
    })
  }
  return arrived.sort((a, b) => newestFirst(a.summary, b.summary))
}

/** The order of a list of traces. */
export function newestFirst(a: TraceSummary, b: TraceSummary): number {
  const difference = BigInt(b.startNs) - BigInt(a.startNs)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

function summariseOne(
  intake: Intake,
  traceId: string,
  rows: Int32Array,
  serviceCounts: Int32Array,
): TraceSummary {
  const { spans, scopes, names, services } = intake
  const firstSecond = firstRealSecond(spans, rows)
  const used: number[] = []
  let root = -1
  let first = -1
  let errorCount = 0
  for (const row of rows) {
    const { service } = scopes[spans.scope[row]]
    if (serviceCounts[service]++ === 0) used.push(service)
    if ((spans.flags[row] & SpanFlag.error) !== 0) errorCount++
    if (!(spans.startSeconds[row] >= firstSecond)) continue
    if (first < 0 || startsBefore(intake, row, first)) first = row
    const isRoot = spans.parentHigh[row] === 0 && spans.parentLow[row] === 0
    if (isRoot && (root < 0 || startsBefore(intake, row, root))) root = row
  }
  if (root < 0) root = first < 0 ? rows[0] : first
  const seconds = first < 0 ? 0 : spans.startSeconds[first]
  const nanos = first < 0 ? 0 : spans.startNanos[first]
  let durationNs = 0
  for (const row of rows) {
    const start =
      spans.startSeconds[row] >= firstSecond
        ? (spans.startSeconds[row] - seconds) * 1e9 + (spans.startNanos[row] - nanos)
        : 0
    const duration = knownDuration(spans, row, firstSecond)
    durationNs = Math.max(durationNs, start + (duration > 0 ? duration : 0))
  }
  const summary: TraceSummary = {
    traceId,
    rootService: services.texts[scopes[spans.scope[root]].service],
    rootName: names.texts[spans.name[root]],
    startNs: String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos)),
    durationNs,
    spanCount: rows.length,
    errorCount,
    failed: (spans.flags[root] & SpanFlag.error) !== 0 || errorCount > 0,
    services: used
      .map((service) => ({ name: services.texts[service], spanCount: serviceCounts[service] }))
      .sort((a, b) => b.spanCount - a.spanCount || (a.name < b.name ? -1 : 1)),
    matched: undefined,
  }
  for (const service of used) serviceCounts[service] = 0
  return summary
}

function startsBefore({ spans }: Intake, a: number, b: number): boolean {
  const seconds = spans.startSeconds[a] - spans.startSeconds[b]
  return seconds === 0 ? spans.startNanos[a] < spans.startNanos[b] : seconds < 0
}

/**
 * A trace that came from two sources has each span twice: only the finer one counts. The halves of a call that share an id count both,
 * because they are of two services.
 */
function distinct({ spans, scopes }: Intake, rows: Int32Array): Int32Array {
  const { document } = scopes[spans.scope[rows[0]]]
  if (rows.every((row) => scopes[spans.scope[row]].document === document)) return rows
  const seen = new IdTable(rows.length)
  const kept = new Int32Array(rows.length)
  let count = 0
  for (const row of rows) {
    const hasId = spans.idHigh[row] !== 0 || spans.idLow[row] !== 0
    const at = hasId ? seen.add(spans.idHigh[row], spans.idLow[row], count) : -1
    const own = scopes[spans.scope[row]]
    const other = at < 0 ? undefined : scopes[spans.scope[kept[at]]]
    if (other === undefined || other.document === own.document || other.service !== own.service) {
      kept[count++] = row
    } else if (isCoarse(other) && !isCoarse(own)) {
      kept[at] = row
    }
  }
  return kept.slice(0, count)
}
