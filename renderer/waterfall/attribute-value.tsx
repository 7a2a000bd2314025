import { useState } from 'react'
import type { AttributeValue as Value } from '#shared/trace/detail'
import { hexOf } from './value-text'
import { prettyText, valueText } from './value-text'
import styles from './attributes.module.css'

/** More than this is shown only when asked for. */
const longestText = 2_000

/** The value of an attribute: one line where it fits; texts of several lines, JSON and statements as a block. */
export function AttributeValue({ value }: { readonly value: Value }) {
  const [isWhole, setWhole] = useState(false)
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
  const shown = isWhole ? pretty : pretty.slice(0, longestText)
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a block that scrolls must be reachable by keys */}
      <pre className={styles.block} tabIndex={0}>
        {shown}
        {shown.length < pretty.length && '…'}
      </pre>
      {shown.length < pretty.length && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show all {pretty.length.toLocaleString('en')} characters
        </button>
      )}
    </>
  )
}
