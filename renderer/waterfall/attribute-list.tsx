import { type MouseEvent, type PointerEvent, useDeferredValue, useRef } from 'react'
import { cutText } from '#shared/base/cut-text'
import type { Attribute } from '#shared/trace/detail'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { AttributeValue } from './attribute-value'
import { attributeTerm } from './find-terms'
import { prettyText, valueText } from './value-text'
import styles from './attributes.module.css'

/** What a button says of a term or key, and what is shown of a key under the pointer. */
const labelUnits = 80
const titleUnits = 500

export interface FilterBy {
  /** Adds the term to what is sought, or its opposite. */
  (term: string, exclude: boolean): void
}

interface Props {
  readonly attributes: readonly Attribute[]
  /** Undefined where filtering by these finds nothing. */
  readonly onFilter?: FilterBy | undefined
}

/** Keys and values; each can be copied, filtered by, or excluded. Alt and a click on a value adds it, with Shift too excludes it. */
export function AttributeList({ attributes, onFilter }: Props) {
  // Seen only under the pointer or the focus, and two thirds of the elements: they come after the first picture.
  const hasActions = useDeferredValue(true, false)
  /** A touch came down on a button that could not be seen yet: it shows it, and does no more. */
  const isUnseen = useRef(false)
  const onTouch = ({ currentTarget, pointerType }: PointerEvent) => {
    const row = currentTarget.closest('dd')?.parentElement
    isUnseen.current = pointerType === 'touch' && row?.contains(document.activeElement) === false
  }
  const onAction = (event: MouseEvent) => {
    if (isUnseen.current) event.stopPropagation()
    isUnseen.current = false
  }
  return (
    <dl className={styles.list}>
      {attributes.map(({ key, value }, index) => {
        const term = attributeTerm(key, value)
        const isBlock = prettyText(value) !== undefined
        const onAltClick = (event: MouseEvent) => {
          if (!event.altKey || !onFilter || term === undefined) return
          event.preventDefault()
          onFilter(term, event.shiftKey)
        }
        return (
          <div
            // An attribute may be recorded twice: its place is part of its name.
            // oxlint-disable-next-line react/no-array-index-key
            key={`${key} ${index}`}
            className={`${styles.attribute} ${isBlock ? styles.tall : ''}`}
            tabIndex={-1}
          >
            <dt className="mono" title={cutText(key, titleUnits)}>
              <KeyText text={key} />
            </dt>
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a short cut: the buttons beside it do the same */}
            <dd onClick={onAltClick}>
              <AttributeValue name={cutText(key, labelUnits)} value={value} />
              {hasActions && (
                <span className={styles.actions} onPointerDownCapture={onTouch} onClickCapture={onAction}>
                  {onFilter && term !== undefined && (
                    <>
                      <Button
                        look="ghost"
                        icon="filter"
                        label={`Filter by ${cutText(term, labelUnits)}`}
                        onClick={() => onFilter(term, false)}
                      />
                      <Button
                        look="ghost"
                        icon="exclude"
                        label={`Exclude ${cutText(term, labelUnits)}`}
                        onClick={() => onFilter(term, true)}
                      />
                    </>
                  )}
                  <CopyButton what={`value of ${cutText(key, labelUnits)}`} text={valueText(value)} />
                </span>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Cut at the front: the last parts of a key tell it apart. */
function KeyText({ text }: { readonly text: string }) {
  return (
    <span className={styles.key}>
      <bdi>{text}</bdi>
    </span>
  )
}
