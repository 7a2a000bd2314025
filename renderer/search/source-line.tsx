import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import type { SourceProgress } from '../state/trace-search'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { Elapsed } from './elapsed'
import { LineFrame } from './line-frame'
import { leftOutOf, restOf } from './rest-of'
import styles from './source-line.module.css'

interface Props {
  readonly progress: SourceProgress
  readonly onStop: () => void
  readonly onRetry: (lengthMs?: number) => void
  readonly onMore: () => void
  /** Searches within this service. */
  readonly onService: (service: string) => void
}

const took = (ms: number): string => formatDuration(Math.max(1, ms) * 1e6)

/** A window that a busy server may still answer: a twelfth of what was too much, in whole minutes. */
function shorterMs(progress: SourceProgress): number | undefined {
  const { kind, status } = progress.error ?? {}
  const isBusy = kind === 'timeout' || kind === 'too-large' || kind === 'server-error' || status === 504
  const minutes = Math.floor((progress.query.endMs - progress.query.startMs) / 12 / 60_000)
  return isBusy && minutes >= 1 ? minutes * 60_000 : undefined
}

/** How one source is doing: asked, answered, stopped or failed, and what can be done about it. */
export function SourceLine({ progress, onStop, onRetry, onMore, onService }: Props) {
  const { phase, source, traces, error, notes } = progress
  if (phase === 'asking')
    return (
      <LineFrame
        icon="refresh"
        name={source.name}
        bar="asking"
        action={
          <Button
            look="ghost"
            className={styles.button}
            onClick={onStop}
            aria-label={`Cancel ${source.name}`}
          >
            Cancel
          </Button>
        }
      >
        {traces.length > 0 ? `${countOf(traces.length, 'trace')} so far, ` : 'asking, '}
        <Elapsed sinceMs={progress.askedMs} />
      </LineFrame>
    )
  if (phase === 'failed' && error) {
    const lengthMs = shorterMs(progress)
    return (
      <LineFrame
        icon="error"
        tone="error"
        name={source.name}
        bar="failed"
        action={
          <>
            {lengthMs !== undefined && (
              <Button className={styles.button} onClick={() => onRetry(lengthMs)}>
                Retry with {formatDuration(lengthMs * 1e6)}
              </Button>
            )}
            <Button
              look={lengthMs === undefined ? 'plain' : 'ghost'}
              className={styles.button}
              onClick={() => onRetry()}
              aria-label={`Retry ${source.name}`}
            >
              Retry
            </Button>
          </>
        }
      >
        <span className="err">{error.message}</span> {/* What is wrong with a query stands with the query. */}
        {error.detail && !(error.kind === 'bad-query' && progress.query.traceql !== '') && (
          <q className={styles.quoted}>{error.detail}</q>
        )}{' '}
        {error.advice}{' '}
        {traces.length > 0 && <span className="t3">{countOf(traces.length, 'trace')} came before that.</span>}
      </LineFrame>
    )
  }
  if (phase === 'stopped')
    return (
      <LineFrame
        icon="close"
        tone="quiet"
        name={source.name}
        action={
          <Button className={styles.button} onClick={() => onRetry()} aria-label={`Ask ${source.name} again`}>
            Ask again
          </Button>
        }
      >
        Stopped after {took(progress.tookMs)}
        {traces.length > 0 && `, ${countOf(traces.length, 'trace')} so far`}.
      </LineFrame>
    )
  if (phase === 'choose')
    return (
      <LineFrame
        icon="more"
        tone="quiet"
        name={source.name}
        action={
          <div className={styles.choice}>
            <ComboBox
              label={`Service of ${source.name}`}
              hideLabel
              value=""
              names={progress.services ?? []}
              allowsOther={false}
              placeholder="service"
              onChange={onService}
            />
          </div>
        }
      >
        {source.name} searches one service at a time. Choose one:
      </LineFrame>
    )
  return (
    <LineFrame
      icon={notes.length > 0 ? 'warn' : 'check'}
      tone={notes.length > 0 ? undefined : 'ok'}
      name={source.name}
      bar="full"
      action={
        progress.hasMore && (
          <Button
            look="ghost"
            className={styles.button}
            onClick={onMore}
            aria-label={`Load ${progress.newestFirst ? 'older' : 'more'} traces from ${source.name}`}
          >
            Load {progress.newestFirst ? 'older' : 'more'}
          </Button>
        )
      }
    >
      {traces.length === 0 ? 'no traces' : countOf(traces.length, 'trace')} in {took(progress.tookMs)}{' '}
      <span className="t3">
        {[leftOutOf(progress), restOf(progress), ...notes].filter(Boolean).join(' · ')}
      </span>
    </LineFrame>
  )
}
