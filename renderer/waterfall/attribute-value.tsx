import { useState } from 'react'
import type { AttributeValue as Value } from '#shared/trace/detail'
import { formatCount } from '#shared/derive/quantities'
import { copy } from '../ui/copy'
import { saveFile } from '../ui/save-file'
import { hexOf, prettyText, shownPart, valueText } from './value-text'
import styles from './attributes.module.css'

interface Props {
  /** The key, for the name of a file. */
  readonly name: string
  readonly value: Value
}

/** The value of an attribute: one line where it fits; texts of several lines, JSON and statements as a block, long ones in steps. */
export function AttributeValue({ name, value }: Props) {
  const [asked, setAsked] = useState(0)
  const text = valueText(value)
  const pretty = prettyText(value)
  if (value instanceof Uint8Array)
    return (
      <span className={styles.line} title={`${value.length} bytes`}>
        {hexOf(value.subarray(0, 64))}
        {value.length > 64 && '…'}
      </span>
    )
  if (pretty === undefined)
    return (
      <span className={`${styles.line} ${typeof value === 'string' ? '' : styles.literal}`} title={text}>
        {text === '' ? <span className="t3">empty</span> : text}
      </span>
    )
  const { units, hasMore } = shownPart(pretty, asked)
  const isCut = units < pretty.length
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a block that scrolls must be reachable by keys */}
      <pre className={styles.block} tabIndex={0}>
        {isCut ? `${pretty.slice(0, units)}…` : pretty}
      </pre>
      {isCut && (
        <span className={styles.rest}>
          <span className="t3">
            {formatCount(units)} of {formatCount(pretty.length)} characters
          </span>
          {hasMore && (
            <button type="button" className={styles.more} onClick={() => setAsked(asked + 1)}>
              Show more
            </button>
          )}
          <button type="button" className={styles.more} onClick={() => void copy('the whole value', text)}>
            Copy all
          </button>
          <button
            type="button"
            className={styles.more}
            onClick={() => saveFile(`${name}.txt`, new Blob([text], { type: 'text/plain' }))}
          >
            Save as file
          </button>
        </span>
      )}
    </>
  )
}
