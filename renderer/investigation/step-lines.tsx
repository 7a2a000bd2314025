import { formatTime, type TimeZone } from '#shared/derive/clock-times'
import { cutText } from '#shared/base/cut-text'
import { visibleText } from '#shared/base/hidden-characters'
import { type Level, levelOf, type LogLine, msOf, textOf } from '#shared/logs/batch'
import styles from './step-shown.module.css'

/** More of a line than this has no room in a row. */
const mostLetters = 300

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
        const level = levelOf(line)
        return (
          <div key={line.at} className={`mono small cut ${styles.line}`}>
            <span className="t3">{formatTime(msOf(line), zone)}</span>{' '}
            {level !== 'unknown' && (
              <b className={`${styles.level} ${toneOfLevel[level] ?? 't2'}`}>{level.toUpperCase()}</b>
            )}
            {visibleText(cutText(textOf(line), mostLetters)).replaceAll(/\s+/g, ' ')}
          </div>
        )
      })}
    </>
  )
}
