import type { Ref } from 'react'
import { countOf, formatCount } from '#shared/derive/quantities'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { FindHelp } from './find-help'
import type { SoughtLines } from './use-selected-line'
import type { FindInTrace } from './use-find-in-trace'
import styles from './tools.module.css'

interface Props {
  readonly sought: FindInTrace
  readonly soughtLines: SoughtLines
  readonly spanCount: number
  /** Which of the matches is selected, from 1; undefined where none is. */
  readonly matchAt: number | undefined
  /** More spans are to come: the count is that of those read so far. */
  readonly isReading: boolean
  readonly inputRef: Ref<HTMLInputElement>
  readonly onNext: () => void
  readonly onPrevious: () => void
  /** Escape in an empty field, or the arrow down: to the rows. */
  readonly onLeave: () => void
}

/** Words between backticks as code. */
const withCode = (sentence: string) =>
  sentence.split('`').map((part, index) => (index % 2 === 1 ? <code key={part}>{part}</code> : part))

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const suffixes: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** `1st`, `2nd`, `11th`. */
const ordinal = (at: number): string => formatCount(at) + (suffixes[ordinals.select(at)] ?? 'th')

/** Find in trace: the text, how many spans match, how many log lines hold it, and the walk from one to the next. */
export function FindField(props: Props) {
  const { sought, soughtLines, matchAt, spanCount, isReading, inputRef } = props
  const { onNext, onPrevious, onLeave } = props
  const { isSearching, problem } = sought
  const { value: text, set: onText } = sought.text
  // Undefined while nothing is sought or no answer is there yet.
  const matchCount = sought.matches && sought.count
  const hasMatches = matchCount !== undefined && matchCount + soughtLines.count > 0
  return (
    <div className={styles.find} role="search">
      <div className={`field ${styles.field} ${problem === undefined ? '' : styles.invalid}`}>
        <Icon name="search" size="s" className="t3" />
        <input
          ref={inputRef}
          type="search"
          className="q"
          aria-label="Find in trace"
          aria-invalid={problem !== undefined || undefined}
          aria-describedby="find-problem"
          placeholder="Find in trace"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault()
              if (event.shiftKey) onPrevious()
              else onNext()
            } else if (event.key === 'Escape') {
              event.preventDefault()
              if (text === '') onLeave()
              else onText('')
            } else if (event.key === 'ArrowDown') {
              event.preventDefault()
              onLeave()
            }
          }}
        />
        <span
          role="status"
          aria-busy={isSearching}
          className={`t3 small cut ${isSearching ? styles.searching : ''}`}
        >
          {matchCount !== undefined &&
            `${formatCount(matchCount)} of ${formatCount(spanCount)}${isReading || isSearching ? ' so far' : ''}`}
        </span>
        {matchAt !== undefined && (
          <span className="t2 small nowrap" title={`Match ${formatCount(matchAt)} is selected`}>
            {ordinal(matchAt)}
          </span>
        )}
        {matchCount !== undefined && soughtLines.count > 0 && (
          <button
            type="button"
            className={styles.lines}
            title="Log lines of this trace that hold it: to the next one"
            onClick={() => soughtLines.walk(1)}
          >
            {countOf(soughtLines.count, 'log line')}
          </button>
        )}
        {text !== '' && (
          <button type="button" className={styles.clear} aria-label="Clear find" onClick={() => onText('')}>
            <Icon name="close" size="x" />
          </button>
        )}
      </div>
      <p id="find-problem" className={problem === undefined ? 'sr' : styles.problem}>
        {problem !== undefined && <Icon name="error" size="x" />}
        {problem !== undefined && <span>{withCode(problem)}</span>}
      </p>
      <Button look="ghost" icon="up" label="Previous match" isDisabled={!hasMatches} onClick={onPrevious} />
      <Button
        look="ghost"
        icon="down"
        label="Next match"
        className={styles.tight}
        isDisabled={!hasMatches}
        onClick={onNext}
      />
      <FindHelp />
    </div>
  )
}
