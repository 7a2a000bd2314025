import { type ReactNode, useSyncExternalStore } from 'react'
import { countOf, formatBytes, formatCount } from '#shared/derive/quantities'
import type { ApiError } from '#shared/api/contract'
import type { Problem } from '#shared/trace/table'
import { useOpenedSource } from '../state/opened-source'
import type { TraceView } from '../state/trace-view'
import { again } from '../ui/arrival'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import { WarnNote } from '../ui/warn-note'
import { othersInWords } from './source-words'
import type { InputReport, Progress } from '../state/trace-view'

interface Props {
  readonly view: TraceView
  /** The files that it is read from, as they stand in the address; none where sources were asked. */
  readonly files: readonly string[]
  /** Names of connections that were not asked. */
  readonly others: readonly string[]
  readonly onAskOthers: () => void
}

/** Repairs that mean something is not there; they stand above the trace in words of their own. */
const gaps: ReadonlySet<Problem['kind']> = new Set([
  'cut-off',
  'partial',
  'too-large',
  'unreadable-span',
  'no-id',
])

export const isGap = (problem: Problem): boolean => gaps.has(problem.kind)

/** How far the reading is, with its Cancel; `waiting` names what is chosen and needs the whole trace. */
export function ReadingProgress({
  view,
  waiting,
}: Pick<Props, 'view'> & { readonly waiting?: string | undefined }) {
  // Stopped, what had come is put in order; there is nothing more to cancel.
  const isComing = view.isReading && !view.wasStopped
  const progress = useSyncExternalStore(view.progress.subscribe, view.progress.get)
  const label = isComing ? 'Reading the trace' : 'Putting the spans in order'
  return (
    <ProgressBar
      label={waiting === undefined ? label : `${label}; the ${waiting} comes when it is whole`}
      counts={progress && countsOf(progress)}
      fraction={progress?.totalBytes ? progress.bytes / progress.totalBytes : undefined}
      onCancel={isComing ? view.stop : undefined}
      cancelKey="Escape"
    />
  )
}

/** What did not come, and what the servers said about it; above whatever is there. */
export function LoadStrips({ view, files, others, onAskOthers }: Props) {
  const { trace, isReading, wasStopped, result, error } = view
  const documents = useOpenedSource(files)?.documents ?? []
  const isFiles = files.length > 0
  // What one source lost, another may hold.
  const elsewhere = others.length > 0 && (
    <Button onClick={onAskOthers}>Look in {othersInWords(others)} too</Button>
  )
  const retry = (
    <>
      <Button onClick={again(view.retry)}>Retry</Button>
      {elsewhere}
    </>
  )
  const inputs = result?.inputs ?? []
  const { part } = view
  return (
    <>
      {error && trace && (
        <ErrorNote
          error={error}
          // Reading all of it once more would end at the same place.
          action={part ? <OpenPart part={part} /> : retry}
          kept="What had come is still shown."
        />
      )}
      {wasStopped && !isReading && trace && (
        <WarnNote
          title="You stopped the reading."
          action={<Button onClick={again(view.retry)}>Read on</Button>}
        >
          {countOf(trace.spanCount, 'span')} had come and {trace.spanCount === 1 ? 'is' : 'are'} shown; the
          rest is missing, so durations and parents may be incomplete.
        </WarnNote>
      )}
      {trace &&
        inputs.map((input) => (
          <InputStrips
            key={input.name}
            input={input}
            isFile={isFiles}
            holdsOthers={documents.some(
              ({ name, lines, series }) => name === input.name && lines + series > 0,
            )}
            isOnly={inputs.length === 1}
            wasStopped={wasStopped}
            retry={retry}
          />
        ))}
      {trace && <Gaps trace={trace.problems} inputs={inputs} wasStopped={wasStopped} elsewhere={elsewhere} />}
    </>
  )
}

/** The way on where there was no room for all of it. */
export function OpenPart({ part }: { readonly part: NonNullable<TraceView['part']> }) {
  return <Button onClick={again(part.open)}>Open the first {formatBytes(part.bytes)}</Button>
}

/** `184 220 spans, 61.0 MB of 148 MB`. */
function countsOf({ spans, bytes, totalBytes }: Progress): string {
  const read =
    totalBytes === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`
  return `${countOf(spans, 'span')}, ${read}`
}

/** Of one of several files that cannot be read: it is no fault of the trace, and reading it once more would end the same. */
const quiet: ReadonlySet<ApiError['kind']> = new Set(['bad-answer', 'empty-answer', 'cut-off'])

/** A source that failed while others answered, and what a source said besides its answer. */
function InputStrips({
  input,
  isFile,
  holdsOthers,
  isOnly,
  wasStopped,
  retry,
}: {
  readonly input: InputReport
  readonly isFile: boolean
  /** Lines or series: that there is no trace in it is nothing amiss. */
  readonly holdsOthers: boolean
  readonly isOnly: boolean
  readonly wasStopped: boolean
  readonly retry: ReactNode
}) {
  const { error, note } = input
  if (error && isFile && !isOnly && quiet.has(error.kind))
    return holdsOthers ? undefined : <WarnNote title={error.message}>{error.advice}</WarnNote>
  return (
    <>
      {/* That a source does not hold it is nothing amiss: the header says so beside where it comes from. */}
      {error && error.kind !== 'not-found' && !(wasStopped && error.kind === 'cancelled') && (
        <ErrorNote
          error={error}
          // Reading once more would end at the same place.
          action={error.kind === 'too-large' ? undefined : retry}
          kept={isOnly ? undefined : 'What the others sent is shown.'}
        />
      )}
      {note !== undefined && <WarnNote title={note} icon="note" />}
    </>
  )
}

function Gaps({
  trace,
  inputs,
  wasStopped,
  elsewhere,
}: {
  readonly trace: readonly Problem[]
  readonly inputs: readonly InputReport[]
  readonly wasStopped: boolean
  readonly elsewhere: ReactNode
}) {
  const sentences = new Map<string, Problem>()
  // Where the answer broke off, or did not fit, the source's own note says so.
  const isSaid =
    wasStopped || inputs.some(({ error }) => error?.kind === 'cut-off' || error?.kind === 'too-large')
  for (const problem of [...trace, ...inputs.flatMap((input) => input.problems)])
    if (isGap(problem) && !(isSaid && (problem.kind === 'partial' || problem.kind === 'cut-off')))
      sentences.set(problem.message, problem)
  return [...sentences.values()].map((problem) => (
    <WarnNote
      key={problem.message}
      title={problem.message}
      action={problem.kind === 'partial' || problem.kind === 'cut-off' ? elsewhere : undefined}
    >
      {problem.count > 0 && problem.kind === 'unreadable-span'
        ? `${formatCount(problem.count)} left out; everything else is here.`
        : undefined}
    </WarnNote>
  ))
}
