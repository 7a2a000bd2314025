import { useState } from 'react'
import { cutText } from '#shared/base/cut-text'
import { formatDuration, formatOffset } from '#shared/derive/durations'
import type { Attribute, SpanEvent } from '#shared/trace/detail'
import { AttributeList, type FilterBy } from './attribute-list'
import { ExceptionNote } from './exception-note'
import { valueText } from './value-text'
import styles from './detail.module.css'

interface Props {
  readonly events: readonly SpanEvent[]
  /** Nanoseconds since 1970. */
  readonly spanStartNs: bigint
  readonly spanDurationNs: number
  /** A message that stands above already. */
  readonly said: string
  readonly onFilter: FilterBy
}

/** What an exception says of itself has a place of its own. */
const exceptionKeys = new Set(['exception.type', 'exception.message', 'exception.stacktrace'])

export const isException = (event: SpanEvent): boolean => event.name === 'exception'

/** Jaeger sends events in order of their names. */
const inTime = (a: SpanEvent, b: SpanEvent): number =>
  a.timeNs < b.timeNs ? -1 : Number(a.timeNs > b.timeNs)

/** Moments of a span, with how long after its start they came. */
export function EventList({ events, spanStartNs, spanDurationNs, said, onFilter }: Props) {
  /** Those whose few values, which stand beside the name, are told in full: to be copied or filtered by. */
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
  return (
    <ul className={styles.events}>
      {events.toSorted(inTime).map((event, index) => {
        const offset = Number(event.timeNs - spanStartNs)
        const others = event.attributes.filter(({ key }) => !(isException(event) && exceptionKeys.has(key)))
        const isBrief = others.length > 0 && others.length <= 2 && others.every(isShort)
        const isUnfolded = unfolded.has(index)
        return (
          // Events may be alike in all they say.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <p className={styles.eventLine}>
              <span className="num t3" title={outside(offset, spanDurationNs)}>
                {formatOffset(offset)}
              </span>
              <span className={isException(event) ? 'err m cut' : 'm cut'} title={cutText(event.name, 500)}>
                {event.name || 'event'}
              </span>
              {isBrief && (
                <button
                  type="button"
                  className={`t3 mono small cut ${styles.brief}`}
                  aria-expanded={isUnfolded}
                  onClick={() =>
                    setUnfolded(
                      (now) => new Set(isUnfolded ? [...now].filter((at) => at !== index) : [...now, index]),
                    )
                  }
                >
                  {inBrief(others)}
                </button>
              )}
            </p>
            {isException(event) && <ExceptionNote attributes={event.attributes} said={said} />}
            {others.length > 0 && (!isBrief || isUnfolded) && (
              <AttributeList attributes={others} onFilter={onFilter} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function outside(offset: number, durationNs: number): string | undefined {
  if (offset < 0) return 'Before the span began'
  return offset > durationNs ? `${formatDuration(offset - durationNs)} after the span ended` : undefined
}

const isShort = ({ value }: Attribute): boolean =>
  typeof value !== 'object' && valueText(value).length <= 40 && !valueText(value).includes('\n')

/** One or two short values, beside the name. */
const inBrief = (attributes: readonly Attribute[]): string =>
  attributes.map(({ key, value }) => `${key.replace(/^.*\./, '')}=${valueText(value)}`).join(' ')
