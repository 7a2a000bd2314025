import { useMemo, useState } from 'react'
import { belowNsOf, type DropReduction } from '#shared/derive/reduction'
import { formatCount } from '#shared/derive/quantities'
import { SpanFlag, type Trace } from '#shared/trace/table'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { formatShortest, parseShortest } from './reduction-words'
import styles from './reduce-menu.module.css'

interface Props {
  readonly trace: Trace
  /** What is dropped now. */
  readonly now: DropReduction | undefined
  readonly onDrop: (reduction: DropReduction) => void
}

const suggestions = ['0.1 %', '1 %', '5 %', '1 ms', '10 ms', '100 ms']

/** Says which spans are too short to be shown: below a duration, or below a share of the trace. */
export function DropShort({ trace, now, onDrop }: Props) {
  const [text, setText] = useState(now ? formatShortest(now) : '1 %')
  const reduction = useMemo(() => parseShortest(text), [text])
  const dropped = useMemo(
    () => (reduction ? countShorter(trace, belowNsOf(trace, reduction)) : 0),
    [trace, reduction],
  )
  return (
    <form
      className={styles.drop}
      onSubmit={(event) => {
        event.preventDefault()
        if (reduction) onDrop(reduction)
      }}
    >
      <Field
        label="Drop spans shorter than"
        value={text}
        onChange={setText}
        // The pop-over was opened to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        error={
          reduction || text.trim() === ''
            ? undefined
            : 'Write a duration, such as 10 ms, or a share, such as 1 %.'
        }
        hint={
          reduction
            ? `${formatCount(dropped)} of ${formatCount(trace.spanCount)} spans are shorter.`
            : 'A duration, or a share of the trace.'
        }
      />
      <div className={styles.suggestions}>
        {suggestions.map((one) => (
          <Button key={one} pressed={one === text} onClick={() => setText(one)}>
            {one}
          </Button>
        ))}
      </div>
      <Button look="primary" type="submit" isDisabled={!reduction}>
        Drop
      </Button>
    </form>
  )
}

/** Recorded spans that took less. Cost: one walk, 2 ms for a million. */
function countShorter({ spans }: Trace, belowNs: number): number {
  const { length, duration, flags } = spans
  let count = 0
  for (let row = 0; row < length; row++)
    if (duration[row] < belowNs && (flags[row] & SpanFlag.missing) === 0) count++
  return count
}
