import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import { type TimeRange, windowOf } from '#shared/derive/time-range'
import { toApiError } from '../state/errors'
import { useLogServices } from '../state/log-names'
import { isServer } from '../state/sources'
import { HeldTimeButton } from '../time/held-time-button'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import styles from './logs-view.module.css'

interface Props {
  readonly source: Source
  readonly range: TimeRange
  readonly onQuery: (query: string) => void
  readonly onRange: (range: TimeRange) => void
}

/** More than these are found by typing. */
const mostServices = 60

/** Where to begin while nothing is asked: the services that have lines. */
export function ServiceChoice({ source, range, onQuery, onRange }: Props) {
  const [nowMs] = useState(() => Date.now())
  const { data, error, retry } = useLogServices(source.id, range)
  if (error) return <ErrorNote error={toApiError(error)} action={<Button onClick={retry}>Retry</Button>} />
  if (!data) return <ProgressBar label={`Asking ${source.name} for its services`} />
  if (data.values.length === 0)
    return (
      <EmptyState
        title={`${source.name} has no lines in this time range.`}
        action={<HeldTimeButton sources={[source]} window={windowOf(range, nowMs)} onRange={onRange} />}
      >
        {isServer(source) ? 'Choose a longer one.' : ''}
      </EmptyState>
    )
  return (
    <section aria-label="Begin with">
      <div className="panel-h">
        <h2>Begin with one {data.label}</h2>
        <span className="t3 small">or write a query, such as {`{${data.label}=~".+"} |= "error"`}</span>
      </div>
      <div className={styles.services}>
        {data.values.slice(0, mostServices).map((value) => (
          <Button key={value} onClick={() => onQuery(`{${data.label}=${JSON.stringify(value)}}`)}>
            {value.length > 80 ? `${value.slice(0, 80)}…` : value}
          </Button>
        ))}
        <Button look="ghost" onClick={() => onQuery(`{${data.label}=~".+"}`)}>
          All of them
        </Button>
      </div>
    </section>
  )
}
