import { useState } from 'react'
import type { LogPattern } from '#shared/api/logs'
import type { FoundPattern } from '#shared/logs/line-patterns'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { FieldCount } from '#shared/logs/field-counts'
import { choiceOf } from '#shared/query/logql/query'
import { Check } from '../ui/check'
import { Icon } from '../ui/icon'
import { ProgressBar } from '../ui/progress-bar'
import styles from './field-panel.module.css'
import { bandOf } from './volume'

interface Props {
  readonly fields: readonly FieldCount[]
  /** So many lines were looked at. */
  readonly seen: number
  readonly query: string
  /** The most frequent first. */
  readonly patterns: readonly FoundPattern[]
  /** Who found them, in how much. */
  readonly patternsAre: string
  /** Gives up asking the server for them; while it is asked only. */
  readonly onStopPatterns: (() => void) | undefined
  readonly widthPx: number
  /** Only lines with one of these values; all, where there is none. */
  readonly onChoose: (field: FieldCount, values: readonly string[]) => void
  readonly onPattern: (pattern: string) => void
}

/** Fields that are open at first. */
const openFields = 4
const shownPatterns = 20

/** Patterns of a server with their lines over all its samples, the most frequent first. */
export const patternCounts = (patterns: readonly LogPattern[]): readonly FoundPattern[] =>
  patterns
    .map(({ pattern, level, samples }) => ({
      pattern,
      level,
      lines: samples.reduce((sum, [, count]) => sum + count, 0),
    }))
    .sort((a, b) => b.lines - a.lines)

/** Fields of the lines that are there with their most common values, and the patterns they follow. */
export function FieldPanel(props: Props) {
  const { fields, seen, query, patterns, patternsAre, widthPx, onChoose, onPattern, onStopPatterns } = props
  return (
    <aside className={`side ${styles.panel}`} style={{ width: widthPx }} aria-label="Fields and patterns">
      <div className="panel-h">
        <h2>Fields</h2>
        <span className="t3 small">in {countOf(seen, 'line')}</span>
      </div>
      {fields.map((field, index) => (
        <FieldSection
          key={field.name}
          field={field}
          chosen={choiceOf(query, field.name)}
          isOpenFirst={index < openFields}
          seen={seen}
          onChoose={(values) => onChoose(field, values)}
        />
      ))}
      {onStopPatterns && <ProgressBar label="Asking for patterns" onCancel={onStopPatterns} />}
      {patterns.length > 0 && (
        <section aria-label="Patterns">
          <div className="panel-h">
            <h2>Patterns</h2>
            <span className="t3 small">{patternsAre}</span>
          </div>
          {patterns.slice(0, shownPatterns).map(({ pattern, level, lines }) => (
            <button
              key={pattern}
              type="button"
              className={styles.pattern}
              data-band={bandOf(level)}
              title={`Only lines like ${pattern}`}
              onClick={() => onPattern(pattern)}
            >
              <span className="cut grow">{pattern}</span>
              <span className="num">{formatCount(lines)}</span>
            </button>
          ))}
        </section>
      )}
    </aside>
  )
}

interface SectionProps {
  readonly field: FieldCount
  /** Values the query lets through; none where it does not choose. */
  readonly chosen: readonly string[]
  readonly isOpenFirst: boolean
  readonly seen: number
  readonly onChoose: (values: readonly string[]) => void
}

/** What several values begin with alike, where that is long: names of pods differ at their end. */
function commonPrefix(values: readonly string[]): string {
  const [first, ...rest] = values
  if (first === undefined || rest.length === 0) return ''
  let length = 0
  while (length < first.length && rest.every((value) => value[length] === first[length])) length += 1
  return length < 8 ? '' : first.slice(0, length)
}

const withoutPrefix = (value: string, prefix: string): string =>
  prefix !== '' && value.startsWith(prefix) ? `…${value.slice(prefix.length)}` : value

function FieldSection({ field, chosen, isOpenFirst, seen, onChoose }: SectionProps) {
  const [isOpen, setOpen] = useState(isOpenFirst || chosen.length > 0)
  const { name, different, values } = field
  // What is chosen stays in sight, whether or not there are lines of it.
  const absent = chosen.filter((value) => !values.some((one) => one.value === value))
  const prefix = commonPrefix(values.map(({ value }) => value))
  const shown = [...values, ...absent.map((value) => ({ value, lines: 0 }))]
  return (
    <section className={styles.field} aria-label={name}>
      <h3>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Icon name={isOpen ? 'down' : 'right'} size="x" />
          <span className="cut grow">{name}</span>
          <span className="num t3">{formatCount(different)}</span>
        </button>
      </h3>
      {isOpen &&
        shown.map(({ value, lines }) => {
          const isChosen = chosen.includes(value)
          return (
            <div key={value} className={styles.value}>
              <Check
                checked={isChosen}
                onChange={(checked) =>
                  onChoose(checked ? [...chosen, value] : chosen.filter((one) => one !== value))
                }
                after={
                  <>
                    <span className={styles.bar} aria-hidden="true">
                      <b style={{ width: `${(lines / Math.max(1, seen)) * 100}%` }} />
                    </span>
                    <span className="num t3">{formatCount(lines)}</span>
                  </>
                }
              >
                <span className={`cut ${styles.name}`} title={value} data-band={bandOf(value)}>
                  {withoutPrefix(value, prefix)}
                </span>
              </Check>
            </div>
          )
        })}
    </section>
  )
}
