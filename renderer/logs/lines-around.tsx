import type { RefCallback } from 'react'
import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { keyOfLine, levelOf, type LogLine, msOf, textOf } from '#shared/logs/batch'
import { lineAt } from '#shared/logs/log-list'
import { toApiError } from '../state/errors'
import { useLinesAround } from '../state/lines-around'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { ProgressBar } from '../ui/progress-bar'
import styles from './line-detail.module.css'
import { LineText } from '../ui/line-text'

interface Props {
  readonly source: { readonly id: string; readonly name: string }
  readonly line: LogLine
  readonly zone: TimeZone
}

const mostUnits = 1_000

/** The lines come below all that is known of theirs, which may fill the window: what was asked for is brought into view. */
const bringIntoView: RefCallback<HTMLElement> = (element) => element?.scrollIntoView({ block: 'nearest' })

/** The lines before and after a line in its stream, whatever the query leaves out. */
export function LinesAround({ source, line, zone }: Props) {
  const { data, error, refetch } = useLinesAround(source, line)
  if (error)
    return (
      <ErrorNote error={toApiError(error)} action={<Button onClick={() => void refetch()}>Retry</Button>} />
    )
  if (!data) return <ProgressBar label={`Asking ${source.name} for the lines around`} />
  const key = keyOfLine(line)
  const lines = Array.from({ length: data.length }, (_, row) => lineAt(data, row))
  return (
    <ol
      ref={bringIntoView}
      className={`mono ${styles.around}`}
      aria-label="Lines around it in its stream"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
      tabIndex={0}
    >
      {lines.map((one) => {
        const isIt = keyOfLine(one) === key
        const text = textOf(one)
        return (
          <li key={`${one.at}`} aria-current={isIt || undefined} data-level={levelOf(one)}>
            <span className="t3">{formatTime(msOf(one), zone)}</span>{' '}
            <LineText text={text.slice(0, mostUnits)} marks={[]} />
          </li>
        )
      })}
    </ol>
  )
}
