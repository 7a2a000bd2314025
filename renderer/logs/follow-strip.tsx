import { countOf } from '#shared/derive/quantities'
import type { FollowSnapshot } from '../state/log-follow'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'
import styles from './logs-view.module.css'

interface Props {
  readonly follow: FollowSnapshot
  readonly onPause: (isPaused: boolean) => void
}

/** What following has come to: live, paused with what waits, lost; and what is missing, if anything is. */
export function FollowStrip({ follow, onPause }: Props) {
  const { state, isPaused, waiting, notes } = follow
  const words =
    state === 'lost'
      ? 'The live stream was lost; it is opened again.'
      : state === 'connecting'
        ? 'Opening the live stream…'
        : isPaused
          ? `Paused: ${countOf(waiting, 'line')} waiting.`
          : 'Live: new lines come in at the top.'
  return (
    <>
      <div className={`row ${styles.follow}`}>
        <span role="status" className={state === 'lost' ? 'wrn' : undefined}>
          {words}
        </span>
        <Button onClick={() => onPause(!isPaused)}>{isPaused ? 'Show what waited' : 'Pause'}</Button>
      </div>
      {notes.map((note) => (
        <WarnNote key={note} title={note} />
      ))}
    </>
  )
}
