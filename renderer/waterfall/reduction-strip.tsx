import { formatReduction } from '#shared/derive/reduction'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { Trace } from '#shared/trace/table'
import type { Arranged } from '../state/arrangement'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { Keys } from '../ui/key-caps'
import { wordsOf } from './reduction-words'
import type { Reduce } from './use-reductions'
import styles from './reduction-strip.module.css'

interface Props {
  readonly trace: Trace
  readonly reduce: Reduce
  /** What is left in view. */
  readonly arranged: Arranged
}

/** What is taken out of view, one chip for each step, with the ways back; nothing when nothing is. */
export function ReductionStrip({ trace, reduce, arranged }: Props) {
  const { arrangement, isArranging, isLater } = arranged
  const { list, removeAt, undo, clear } = reduce
  if (list.length === 0) return undefined
  return (
    <section className={styles.strip} aria-label="Taken out of view">
      <ul className={styles.chips}>
        {list.map((reduction, index) => {
          const { done, what } = wordsOf(trace, reduction)
          return (
            <li key={formatReduction(reduction)} className={styles.chip}>
              <span className="t3">{done} </span>
              <span className="cut" title={what}>
                {what}
              </span>
              <button
                type="button"
                className={styles.remove}
                aria-label={`Undo: ${done} ${what}`}
                title="Undo"
                onClick={() => removeAt(index)}
              >
                <Icon name="close" size="x" />
              </button>
            </li>
          )
        })}
      </ul>
      <span role="status" className={`t2 small nowrap ${isArranging ? styles.working : ''}`}>
        {isLater
          ? 'when the trace has been read'
          : `${formatCount(arrangement.leftCount)} of ${countOf(trace.spanCount, 'span')}`}
      </span>
      <Button look="ghost" onClick={undo}>
        Undo <Keys keys="U" />
      </Button>
      {list.length > 1 && (
        <Button look="ghost" onClick={clear}>
          Show all
        </Button>
      )}
    </section>
  )
}
