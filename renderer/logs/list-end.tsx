import type { LogSnapshot } from '../state/log-run'
import { Button } from '../ui/button'
import styles from './logs-view.module.css'

interface Props {
  readonly snapshot: LogSnapshot
  /** How many lines there are, in words. */
  readonly holds: string
  /** The name of the file whose lines they are; undefined for those of a server. */
  readonly file: string | undefined
  /** More come as they are written. */
  readonly isFollowing: boolean
  readonly onStop: () => void
  readonly onRestart: () => void
}

/** Below the list: whether it is whole, and what can be done about it. */
export function ListEnd({ snapshot, holds, file, isFollowing, onStop, onRestart }: Props) {
  return (
    <p className={styles.end} role="status">
      {wordsOf(snapshot, holds, file, isFollowing)}{' '}
      {snapshot.isAsking && <Button onClick={onStop}>Stop</Button>}
      {snapshot.isCut && <Button onClick={onRestart}>Ask again</Button>}
    </p>
  )
}

function wordsOf(
  { isAsking, isCut, isFull, hasRest }: LogSnapshot,
  holds: string,
  file: string | undefined,
  isFollowing: boolean,
): string {
  if (isAsking) return 'Asking for more lines…'
  if (isCut) return `Stopped: ${holds} had come, others are missing.`
  if (isFull) return 'The list is as long as memory allows: choose a shorter time, or filter it.'
  if (hasRest) return 'More lines are asked for as you scroll.'
  if (isFollowing) return `${holds} so far.`
  return file === undefined
    ? `That is all of this time range: ${holds}.`
    : `That is all that ${file} holds of this time range: ${holds}. There may have been others where they were written.`
}
