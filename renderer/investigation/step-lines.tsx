import type { TimeZone } from '#shared/derive/clock-times'
import type { Level, LogLine } from '#shared/logs/batch'
import { wordsOfLine } from '../state/step-lines'
import styles from './step-shown.module.css'

const toneOfLevel: Readonly<Partial<Record<Level, string>>> = { warn: 'wrn', error: 'err', fatal: 'err' }

interface Props {
  readonly lines: readonly LogLine[]
  readonly zone: TimeZone
}

/** A few lines: when, how grave, and what they say. */
export function StepLines({ lines, zone }: Props) {
  return (
    <>
      {lines.map((line) => {
        const { time, level, text } = wordsOfLine(line, zone)
        return (
          <div key={line.at} className={`mono small cut ${styles.line}`}>
            <span className="t3">{time}</span>{' '}
            {level && (
              <b className={`${styles.level} ${toneOfLevel[level] ?? 't2'}`}>{level.toUpperCase()}</b>
            )}
            {text}
          </div>
        )
      })}
    </>
  )
}
