import type { CSSProperties } from 'react'
import type { ColorClasses } from '#shared/derive/color-classes'
import { countOf, formatCount } from '#shared/derive/quantities'
import { attributeSlots } from '../state/row-colors'
import { noneSlot, otherSlot, slotColor } from '../state/service-colors'
import { Button } from '../ui/button'
import { attributeTerm } from './find-terms'
import styles from './color-menu.module.css'

interface Props {
  readonly classes: ColorClasses
  readonly onFilter: (term: string, exclude: boolean) => void
  /** Back to the colours of services. */
  readonly onClose: () => void
}

function Mark({ slot }: { readonly slot: number }) {
  return <span className="sw" style={{ '--c': slotColor(slot) } as CSSProperties} aria-hidden="true" />
}

/** What the colours of spans mean while they are those of an attribute; a value that is clicked is sought. */
export function ColorLegend({ classes, onFilter, onClose }: Props) {
  const { key, values, otherCount, otherSpans, noneSpans } = classes
  return (
    <section className={styles.legend} aria-label={`Colours of ${key}`}>
      <span className="t3 nowrap">{key}</span>
      <ul className={styles.values}>
        {values.map(({ text, spanCount }, index) => (
          <li key={text}>
            <button
              type="button"
              className={styles.value}
              title={`Find ${key} = ${text}`}
              onClick={() => {
                const term = attributeTerm(key, text)
                if (term !== undefined) onFilter(term, false)
              }}
            >
              <Mark slot={attributeSlots[index]} />
              <span className="cut">{text === '' ? 'empty' : text}</span>
              <span className="t3">{formatCount(spanCount)}</span>
            </button>
          </li>
        ))}
        {otherCount > 0 && (
          <li className={styles.value}>
            <Mark slot={otherSlot} />
            {countOf(otherCount, 'other value')} <span className="t3">{formatCount(otherSpans)}</span>
          </li>
        )}
        {noneSpans > 0 && (
          <li className={styles.value}>
            <Mark slot={noneSlot} />
            not said <span className="t3">{formatCount(noneSpans)}</span>
          </li>
        )}
        {values.length === 0 && noneSpans === 0 && <li className="t3">no span says it</li>}
      </ul>
      <Button look="ghost" icon="close" label="Colour by service again" onClick={onClose} />
    </section>
  )
}
