import type { ApiError } from '#shared/api/contract'
import type { Finding } from '#shared/derive/findings/finding'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { useTellFindings } from '../state/shown-findings'
import type { TraceViewName } from '../state/trace-location'
import type { TraceView } from '../state/trace-view'
import { ErrorNote } from '../ui/error-note'
import { AbsentSpan } from './absent-span'
import { FindingsStrip } from './findings-strip'
import { isGap, LoadStrips, ReadingProgress } from './load-strips'
import { RepairsStrip } from './repairs-strip'

interface Props {
  readonly trace: Trace
  readonly view: TraceView
  /** The files that it is read from, as they stand in the address. */
  readonly files: readonly string[]
  readonly viewName: TraceViewName
  /** The span of the link is not in the trace. */
  readonly isAbsent: boolean
  readonly spanId: string
  readonly rawClock: boolean
  /** What could not be worked out. */
  readonly errors: readonly (ApiError | undefined)[]
  readonly findings: readonly Finding[] | undefined
  readonly selected: SpanIndex
  /** Names of connections that were not asked. */
  readonly others: readonly string[]
  readonly onAskOthers: () => void
  readonly onDismissSpan: () => void
  readonly onShow: (row: SpanIndex) => void
  readonly onRawClock: (rawClock: boolean) => void
  readonly onFinding: (finding: Finding) => void
}

/** Ways of looking that are worked out of a whole trace; until then there is the waterfall. */
const wholeViews: Readonly<Partial<Record<TraceViewName, string>>> = { flame: 'flame graph', table: 'table' }

const rank = ({ kind }: Finding): number => (kind === 'wait' ? 0 : 1)

/** What is said of a trace above its rows: what did not come, what was mended, what failed, what was found. */
export function TraceNotes(props: Props) {
  const { trace, view, viewName, isAbsent, spanId, rawClock, errors, findings, selected, others } = props
  const { onAskOthers, onDismissSpan, onShow, onRawClock, onFinding } = props
  // Where time went tells more than what followed from it.
  const ranked = findings?.toSorted((one, other) => rank(one) - rank(other))
  useTellFindings(
    {
      kinds: ranked?.map(({ kind }) => kind),
      selected: (ranked ?? []).filter(({ rows }) => rows.includes(selected)).map(({ kind }) => kind),
    },
    (kind) => {
      const first = ranked?.find((finding) => finding.kind === kind)
      if (first) onFinding(first)
    },
  )
  // Where several sources hold a trace, most of its spans come twice: that is no repair, and the header says it.
  const isHeldTwice = view.inputs.filter(({ spans }) => spans > 0).length > 1
  const repairs = trace.problems.filter(
    (problem) => !isGap(problem) && !(isHeldTwice && problem.kind === 'merged'),
  )
  const hasSkew = repairs.some((problem) => problem.kind === 'clock-skew')
  return (
    <>
      {isAbsent && <AbsentSpan spanId={spanId} onDismiss={onDismissSpan} />}
      <LoadStrips view={view} files={props.files} others={others} onAskOthers={onAskOthers} />
      <RepairsStrip
        repairs={repairs}
        rawClock={hasSkew || rawClock ? rawClock : undefined}
        selected={selected}
        onShow={onShow}
        onRawClock={onRawClock}
      />
      {errors
        .filter((error) => error !== undefined)
        .map((error) => (
          <ErrorNote key={error.message} error={error} />
        ))}
      <FindingsStrip findings={findings} selected={selected} onShow={onFinding}>
        {!view.isBuilt && !view.error && <ReadingProgress view={view} waiting={wholeViews[viewName]} />}
      </FindingsStrip>
    </>
  )
}
