import { useState } from 'react'
import type { Attribute } from '#shared/trace/detail'
import { CopyButton } from '../ui/copy-button'
import { valueText } from './value-text'
import styles from './detail.module.css'

/** Text of an exception's attribute; empty where it has none. */
export function exceptionText(
  attributes: readonly Attribute[],
  part: 'type' | 'message' | 'stacktrace',
): string {
  const found = attributes.find(({ key }) => key === `exception.${part}`)
  return found ? valueText(found.value) : ''
}

/** Stack frames shown before one asks for more: the cause is at the top. */
const firstLines = 12

interface Props {
  readonly attributes: readonly Attribute[]
  /** A message that stands above already. */
  readonly said: string
}

/** An exception: type, message, and its stack trace, readable. */
export function ExceptionNote({ attributes, said }: Props) {
  const [isWhole, setWhole] = useState(false)
  const type = exceptionText(attributes, 'type')
  const message = exceptionText(attributes, 'message')
  const stack = exceptionText(attributes, 'stacktrace')
  const lines = stack.split('\n')
  const shown = isWhole ? lines : lines.slice(0, firstLines)
  return (
    <div className={styles.exception}>
      {(message !== said || stack === '') && (
        <p>
          {type !== '' && <b className="mono">{type}</b>}
          {type !== '' && <CopyButton what="exception type" text={type} />}
          <span className="mono">{message}</span>
          {message !== '' && <CopyButton what="exception message" text={message} />}
        </p>
      )}
      {stack !== '' && (
        <div>
          <div className={styles.stackHead}>
            <span className="t3 small">Stack trace</span>
            <CopyButton what="stack trace" text={stack} />
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a block that scrolls must be reachable by keys */}
          <pre className={styles.stack} tabIndex={0} aria-label="Stack trace">
            {shown.map((line, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lines of a text
              <span key={index} className={isLibrary(line) ? 't3' : undefined}>
                {line}
                {'\n'}
              </span>
            ))}
          </pre>
          {shown.length < lines.length && (
            <button type="button" className={styles.more} onClick={() => setWhole(true)}>
              {lines.length - shown.length} more lines
            </button>
          )}
        </div>
      )}
    </div>
  )
}

/** Frames of runtimes and frameworks step back, so that one's own stand out. */
function isLibrary(line: string): boolean {
  return /node_modules|node:internal|\b(java|javax|jdk|sun|org\.springframework|org\.apache|io\.netty|reactor)\.|site-packages|\/usr\/lib|runtime\/|System\.|Microsoft\./.test(
    line,
  )
}
