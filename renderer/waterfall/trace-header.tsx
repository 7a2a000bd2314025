import type { ReactNode } from 'react'
import { formatDate, formatTime, msOfNs, type TimeZone, zoneLabel } from '#shared/derive/clock-times'
import { formatDuration } from '#shared/derive/durations'
import { formatCount } from '#shared/derive/quantities'
import type { SpanDetail } from '#shared/trace/detail'
import type { Trace } from '#shared/trace/table'
import { slotColor } from '../state/service-colors'
import type { InputReport } from '../state/trace-view'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Keys } from '../ui/key-caps'
import type { PivotItem } from '../pivots/pivot-list'
import { CopyLink } from './copy-link'
import { short } from './link-list'
import { SaveTrace } from './save-trace'
import { fromAtLength, fromInWords } from './source-words'
import { isErrorRow, namingRow } from './span-facts'
import { valueText } from './value-text'
import styles from './trace-header.module.css'

interface Props {
  readonly session: string
  readonly trace: Trace
  readonly slots: readonly number[]
  /** Of the row that names the trace; undefined until it is decoded. */
  readonly root: SpanDetail | undefined
  readonly inputs: readonly InputReport[]
  readonly zone: TimeZone
  /** Otherwise counts may still grow. */
  readonly isWhole: boolean
  /** Traces in what was opened. */
  readonly traceCount: number
  readonly onAllTraces: () => void
  readonly onNextError: () => void
  /** The way to its log lines. */
  readonly logs: PivotItem
  readonly onShowOnMap: () => void
  /** The link to what is seen now. */
  readonly linkOf: () => string
}

/** What this trace is: root, outcome, duration, when, how much, from where. */
export function TraceHeader(props: Props) {
  const {
    session,
    trace,
    slots,
    root,
    inputs,
    zone,
    isWhole,
    traceCount,
    onAllTraces,
    onNextError,
    logs,
    onShowOnMap,
    linkOf,
  } = props
  const { spans, names, services } = trace
  const row = namingRow(trace)
  const from = fromInWords(inputs)
  const startMs = msOfNs(trace.epochNs)
  const more = isWhole ? '' : '+'
  const recordedServices = trace.serviceSpans.filter((count) => count > 0).length
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>
        {row >= 0 && (
          <span className="sw" style={{ background: slotColor(slots[spans.service[row]] ?? 1) }} />
        )}
        <span className={`cut ${styles.service}`}>{row < 0 ? '' : services[spans.service[row]]}</span>
        <span className="cut" title={row < 0 ? undefined : names[spans.name[row]]}>
          {row < 0 ? 'Trace without spans' : names[spans.name[row]]}
        </span>
      </h1>
      {row >= 0 && <Outcome failed={isErrorRow(trace, row)} root={root} />}
      <dl className={styles.facts}>
        <div>
          <dt className="sr">duration</dt>
          <dd className={styles.duration}>{formatDuration(trace.durationNs)}</dd>
        </div>
        {startMs === 0 ? (
          <Fact name="at" title="None of its spans says when it began">
            –
          </Fact>
        ) : (
          <Fact
            name="at"
            title={`${formatDate(startMs, zone)} ${formatTime(startMs, zone)} ${zoneLabel(startMs, zone)}`}
          >
            {isToday(startMs, zone) ? '' : `${formatDate(startMs, zone)} `}
            {formatTime(startMs, zone)}
          </Fact>
        )}
        <Fact name="spans">{formatCount(trace.spanCount) + more}</Fact>
        <Fact name="services">{formatCount(recordedServices)}</Fact>
        <Fact name="errors">
          {trace.errorCount === 0 ? (
            '0'
          ) : (
            <button
              type="button"
              className={`err ${styles.jump}`}
              title="Next error (E)"
              aria-label={`${formatCount(trace.errorCount)}, show the next`}
              onClick={onNextError}
            >
              {formatCount(trace.errorCount)}
            </button>
          )}
        </Fact>
        <Fact name="depth" className={styles.depth}>
          {formatCount(trace.levels)}
        </Fact>
        {from !== '' && (
          <div className={styles.from} title={`From ${from}\n${fromAtLength(inputs, trace.problems)}`}>
            <dt>from</dt>
            <dd className="cut">{from}</dd>
          </div>
        )}
      </dl>
      {traceCount > 1 && (
        <Button look="ghost" icon="file" onClick={onAllTraces}>
          All {formatCount(traceCount)} traces
        </Button>
      )}
      <Button icon="logs" title={[logs.why, logs.query].filter(Boolean).join('\n')} onClick={logs.run}>
        {logs.title} {logs.keys !== undefined && <Keys keys={logs.keys} />}
      </Button>
      <span className={styles.id}>
        <code title={trace.traceId}>{short(trace.traceId)}</code>
        <CopyButton what="trace id" text={trace.traceId} />
      </span>
      <Button icon="map" label="Show on the map" onClick={onShowOnMap} />
      {isWhole && <SaveTrace session={session} trace={trace} />}
      <CopyLink linkOf={linkOf} />
    </header>
  )
}

function isToday(timeMs: number, zone: TimeZone): boolean {
  return formatDate(timeMs, zone) === formatDate(Date.now(), zone)
}

interface FactProps {
  readonly name: string
  readonly title?: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

function Fact({ name, title, className, children }: FactProps) {
  return (
    <div title={title} className={className}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const statusKeys = [
  'http.response.status_code',
  'http.status_code',
  'rpc.response.status_code',
  'rpc.grpc.status_code',
]

/** How the request ended: the status it was answered with, and whether that is an error. */
function Outcome({ failed, root }: { readonly failed: boolean; readonly root: SpanDetail | undefined }) {
  const status = statusKeys
    .map((key) => root?.attributes.find((attribute) => attribute.key === key))
    .find((attribute) => attribute !== undefined)
  if (!status && !failed) return undefined
  const text = status ? valueText(status.value) : ''
  return (
    <span className={failed ? 'tag err' : 'tag'} title={status?.key}>
      {failed ? ['error', text].filter(Boolean).join(' ') : text}
    </span>
  )
}
