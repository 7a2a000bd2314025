import { useEffect, useState } from 'react'
import type { Climbed, LadderEnd, RungState } from '#shared/correlate/ladder-end'
import type { Rung } from '#shared/correlate/log-ladder'
import { formatDuration } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { Button } from '../ui/button'
import { Icon, type IconName } from '../ui/icon'
import styles from './ladder-view.module.css'
import { ProgressBar } from '../ui/progress-bar'

interface Props {
  /** What is looked for: `Logs of this span`. */
  readonly title: string
  /** What rungs count. */
  readonly noun?: 'line' | 'trace'
  readonly climbed: readonly Climbed[]
  /** Undefined while it is still looked for. */
  readonly end: LadderEnd | undefined
  readonly onStop: () => void
  readonly onRetry: () => void
  readonly onClose: () => void
  /** What was found in what is on screen. */
  readonly here?: readonly { readonly title: string; readonly run: () => void }[]
  /** Goes to what a rung found beside what was sought. */
  readonly onOpen?: (rung: Rung) => void
}

/** Most ladders end at their first rung; what is there for a moment only flickers. */
const quietMs = 300

/** A ladder as it is climbed: every rung with its query and what came of it, and at the end why there is nothing, with the nearest thing. */
export function LadderView(props: Props) {
  const { title, noun = 'line', climbed, end, here = [], onStop, onRetry, onClose, onOpen } = props
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), quietMs)
    return () => clearTimeout(timer)
  }, [])
  const asking = climbed.findLast(({ state }) => state.kind === 'asking')?.rung
  const done = climbed.filter(({ state }) => state.kind !== 'waiting' && state.kind !== 'asking')
  // What others wrote only tells why there is nothing.
  const near = climbed.find(
    ({ rung, state }) => rung.finds !== 'now' && state.kind === 'answered' && state.count > 0,
  )
  if (!end && !isLong) return undefined
  return (
    <section className={styles.ladder} aria-label={title}>
      {end ? (
        <header className={styles.head}>
          <Icon {...signals[noun]} />
          <span className="m">{title}</span>
          <span className="grow" />
          {end.isFound !== true && (
            <span className="tag wrn">{end.isStopped === true ? 'stopped' : askedOf(climbed)}</span>
          )}
          <Button look="ghost" icon="close" label="Close what was tried" onClick={onClose} />
        </header>
      ) : (
        <ProgressBar
          label={asking ? `${title}: ${asking.what}, ${asking.reach}` : title}
          counts={climbed.length === 0 ? undefined : `${done.length + 1} of ${climbed.length}`}
          fraction={climbed.length === 0 ? undefined : done.length / climbed.length}
          onCancel={onStop}
        />
      )}
      {done.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        <ol className={styles.rungs} aria-label="What was tried" tabIndex={0}>
          {done.map(({ rung, state }) => (
            <RungLine
              key={`${rung.source.id} ${rung.reach} ${rung.what} ${rung.query}`}
              rung={rung}
              state={state}
              noun={noun}
            />
          ))}
        </ol>
      )}
      {end && (
        <>
          <p className={styles.end} role="status">
            <b className="m">{end.headline}</b> <span className="t2">{end.why}</span>
          </p>
          <div className={styles.acts}>
            {onOpen && near?.state.kind === 'answered' && (
              <Button look="primary" icon="logs" onClick={() => onOpen(near.rung)}>
                Read the {near.state.hasMore ? 'lines' : countOf(near.state.count, 'line')} {near.rung.reach}
              </Button>
            )}
            {here.map((way) => (
              <Button key={way.title} look="primary" icon="span" onClick={way.run}>
                Show {way.title}
              </Button>
            ))}
            <Button onClick={onRetry}>Try again</Button>
          </div>
        </>
      )}
    </section>
  )
}

/** What is not found may be where nobody could look. */
function askedOf(climbed: readonly Climbed[]): string {
  if (!climbed.some(({ state }) => state.kind === 'answered')) return 'not asked'
  return climbed.some(({ state }) => state.kind === 'failed') ? 'not all asked' : 'not found'
}

const signals = {
  line: { name: 'logs', className: 'sig-log' },
  trace: { name: 'traces', className: 'sig-trace' },
} as const

function RungLine({
  rung,
  state,
  noun,
}: {
  readonly rung: Rung
  readonly state: RungState
  readonly noun: string
}) {
  const [icon, look] = marks[state.kind === 'answered' && state.count > 0 ? 'found' : state.kind]
  return (
    <li className={styles.rung}>
      <Icon name={icon} size="s" className={look} />
      <span className={styles.words}>
        <span title={`${rung.what}, ${rung.reach}`}>
          {rung.source.name}, {rung.what}, {rung.reach}
        </span>
        <code className="t3 small" title={rung.query}>
          {rung.query}
        </code>
        {state.kind === 'failed' && <span className="err small">{state.error.message}</span>}
      </span>
      <span className="num t3 small">{outcome(state, noun)}</span>
    </li>
  )
}

const marks: Readonly<Record<RungState['kind'] | 'found', readonly [IconName, string]>> = {
  waiting: ['wait', 't3'],
  asking: ['wait', 't3'],
  answered: ['cross', 't3'],
  found: ['check', 'okc'],
  failed: ['error', 'err'],
  skipped: ['exclude', 't3'],
}

function outcome(state: RungState, noun: string): string {
  switch (state.kind) {
    case 'answered':
      return `${state.hasMore ? 'over ' : ''}${countOf(state.count, noun)}, ${formatDuration(state.tookMs * 1e6)}`
    case 'failed':
      return state.error.status === undefined ? 'failed' : String(state.error.status)
    case 'skipped':
      return 'not asked'
    default:
      return ''
  }
}
