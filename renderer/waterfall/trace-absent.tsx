import { type ReactNode, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSubject } from '#shared/correlate/log-ladder'
import type { TraceReading } from '#shared/correlate/trace-reading'
import type { LostTrace } from '#shared/correlate/trace-ladder'
import { whyNowhere } from '#shared/correlate/trace-ladder-end'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { hrefOfConnections } from '../state/connections-location'
import { useGo } from '../state/location'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import type { ToldTrace } from '../state/trace-location'
import type { InputReport, TraceView } from '../state/trace-view'
import { AbsentLogs } from './absent-logs'
import { OpenPart } from './load-strips'
import { NearestTraces } from './nearest-traces'
import { othersInWords } from './source-words'
import styles from './trace-absent.module.css'
import { useAbsentTraceStep } from './use-trace-step'

interface Props {
  readonly traceId: string
  readonly inputs: readonly InputReport[]
  /** Of the whole attempt, when it did not even come to asking. */
  readonly error: ApiError | undefined
  readonly wasStopped: boolean
  /** Names of connections that were not asked. */
  readonly others: readonly string[]
  readonly hasTimeHint: boolean
  /** When the trace was, where the link says so. */
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  /** What led here said of it. */
  readonly told: ToldTrace | undefined
  /** From where in a line its id was read. */
  readonly read: TraceReading | undefined
  /** What can be opened instead of all of it. */
  readonly part: TraceView['part']
  readonly onRetry: () => void
  readonly onAskOthers: () => void
  readonly onDropTimeHint: () => void
  readonly onSearch: () => void
  /** Opens the trace of another id that stood in the same line. */
  readonly onOpenOther: (traceId: string) => void
}

/** No trace: what each source said, and where else to look. */
export function TraceAbsent(props: Props) {
  const { traceId, inputs, error, wasStopped, others, hasTimeHint, startMs, endMs, part } = props
  /** A line that names it: then its service and its time are known. */
  const [line, setLine] = useState<Climbed>()
  const [nowMs] = useState(() => Date.now())
  const lost = lostTrace(props, line)
  const failed = inputs.filter((input) => input.error && input.error.kind !== 'not-found')
  /** However they failed, they may hold it; only one that cannot send it for its size has told where it is. */
  const silent = failed.filter(({ error }) => error?.kind !== 'too-large').map(({ name }) => name)
  const isSought = traceId !== '' && !wasStopped
  /** Then it is said once why a trace can be nowhere, not by each source. */
  const isNowhere = failed.length === 0 && (!error || error.kind === 'not-found') && isSought
  useAbsentTraceStep({
    traceId,
    service: props.told?.service,
    sources: inputs.map(({ name }) => name),
    isNowhere,
  })
  /** What no source is to blame for is said instead of what each of them gave. */
  const isOurs = error && failed.length === 0 && error.kind !== 'not-found'
  const said = error && (isOurs || inputs.length === 0) ? [{ name: '', spans: 0, error }] : inputs
  return (
    <div className={styles.absent}>
      <h1 className={styles.title}>{titleOf(props, failed.length, silent.length)}</h1>
      {traceId !== '' && <p className="t2 mono small">{traceId}</p>}
      <ol className={styles.answers} aria-label="Answers">
        {said.map((input) => (
          <Answer key={input.name} input={input} isFile={traceId === ''} isNowhere={isNowhere} />
        ))}
      </ol>
      {isSought && props.read && <ReadFrom read={props.read} onOpen={props.onOpenOther} />}
      {isNowhere && !lost && <p className={styles.why}>{whyNowhere(endMs ?? startMs, nowMs)}</p>}
      {isSought && (
        <AbsentLogs traceId={traceId} startMs={startMs} endMs={endMs} was={timeOf(props)} onFound={setLine} />
      )}
      {isSought && lost && <NearestTraces lost={lost} silent={silent} />}
      <div className="row">
        {part ? (
          <OpenPart part={part} />
        ) : (
          <Button look={lost ? 'plain' : 'primary'} onClick={props.onRetry}>
            {wasStopped ? 'Read again' : 'Retry'}
          </Button>
        )}
        {others.length > 0 && (
          <Button onClick={props.onAskOthers}>Look in {othersInWords(others)} too</Button>
        )}
        {hasTimeHint && <Button onClick={props.onDropTimeHint}>Ask without the time range</Button>}
        <Button look="ghost" onClick={props.onSearch}>
          Search traces
        </Button>
      </div>
    </div>
  )
}

/** Where the id was read, for it may be none of a trace; with the others of its line. */
function ReadFrom({
  read: { where, others },
  onOpen,
}: {
  readonly read: TraceReading
  readonly onOpen: (traceId: string) => void
}) {
  const go = useGo()
  return (
    <section aria-label="Where the id was read">
      <p className={styles.why}>
        The id was read from {where}; it may be no trace id.
        {others.length > 0 && ` The line holds ${countOf(others.length, 'other id')}.`}
      </p>
      <div className="row">
        {others.map(({ id, where: place }) => (
          <Button key={id} icon="traces" title={id} onClick={() => onOpen(id)}>
            Open {id.slice(0, 8)}…, from {place}
          </Button>
        ))}
        <Button look="ghost" onClick={() => go(hrefOfConnections())}>
          Correct where ids are read
        </Button>
      </div>
    </section>
  )
}

/** What is known of the trace: from what led here, or from the first line that names it. */
function lostTrace(
  { told, startMs, endMs }: Pick<Props, 'told' | 'startMs' | 'endMs'>,
  line: Climbed | undefined,
): LostTrace | undefined {
  if (told && startMs !== undefined && endMs !== undefined) return { ...told, atMs: (startMs + endMs) / 2 }
  if (line?.state.kind !== 'answered' || line.state.service === undefined) return undefined
  return { service: line.state.service, atMs: line.state.firstMs, tookNs: undefined, failed: false }
}

/** When the request itself was, where what led here tells how long it took: it ended as that was written. */
function timeOf({ told, startMs, endMs }: Props): Pick<LogSubject, 'startMs' | 'endMs'> | undefined {
  if (told?.tookNs === undefined || startMs === undefined || endMs === undefined) return undefined
  const atMs = (startMs + endMs) / 2
  return { startMs: atMs - told.tookNs / 1e6, endMs: atMs }
}

function titleOf(
  { traceId, inputs, wasStopped, error }: Props,
  failedCount: number,
  silentCount: number,
): string {
  if (wasStopped) return 'You stopped before any span had come.'
  if (traceId === '') return 'There is no trace in what was opened.'
  if (error?.kind === 'not-found') return 'The trace was not found.'
  if (failedCount === silentCount && failedCount > 0 && failedCount < inputs.length)
    return 'The trace was not found where it could be looked for.'
  if (error || failedCount > 0) return 'The trace could not be read.'
  return inputs.length === 1 ? `${inputs[0].name} does not hold this trace.` : 'No source holds this trace.'
}

/** Most messages name the source themselves. */
function headline(name: string, error: ApiError | undefined): string {
  if (!error) return name
  return error.message.includes(name) ? error.message : `${name}: ${error.message}`
}

function emptyAnswer(spans: number, isFile: boolean): string {
  if (spans > 0) return `It answered with ${countOf(spans, 'span')} of another trace.`
  return isFile ? 'It was read, and holds no spans.' : 'It answered, with no spans.'
}

interface AnswerProps {
  readonly input: Pick<InputReport, 'name' | 'spans' | 'error'>
  readonly isFile: boolean
  readonly isNowhere: boolean
}

function Answer({ input, isFile, isNowhere }: AnswerProps): ReactNode {
  const { name, spans, error } = input
  const isQuiet = !error || error.kind === 'not-found' || error.kind === 'cancelled'
  return (
    <li className={styles.answer}>
      <Icon name={isQuiet ? 'cross' : 'error'} size="s" className={isQuiet ? 't3' : 'err'} />
      <div className="grow">
        <p className="m">{headline(name, error)}</p>
        {error?.detail !== undefined && error.detail !== '' && <q className={styles.words}>{error.detail}</q>}
        {error?.tried && error.tried.length > 0 && (
          <ul className={styles.tried} aria-label={`How ${name} was asked`}>
            {error.tried.map(({ what, id, tookMs }) => (
              <li key={what}>
                <span>{what}</span> <code className="t3">{id}</code>{' '}
                <span className="t3">{formatDuration(tookMs * 1e6)}</span>
              </li>
            ))}
          </ul>
        )}
        {!(isNowhere && error) && (
          <p className="t2 small">
            {(!error || spans > 0) && emptyAnswer(spans, isFile)} {error?.advice}
          </p>
        )}
      </div>
      {error?.status !== undefined && <span className="t3 small">{error.status}</span>}
    </li>
  )
}
