import { type ReactNode, useId } from 'react'
import { countOf } from '#shared/derive/quantities'
import styles from './field.module.css'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number | undefined
  readonly placeholder?: string | undefined
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** It takes no more characters, and says so when it is full. */
  readonly most?: number | undefined
  /** It is what the dialog around it was opened for. */
  readonly hasFocus?: boolean | undefined
}

/** A labelled text of several lines, such as a certificate. */
export function TextArea(props: Props) {
  const { label, value, onChange, rows = 3, placeholder, hint: usual, error, most, hasFocus } = props
  const id = useId()
  const isFull = most !== undefined && value.length >= most
  const hint = isFull ? `This is full: no more than ${countOf(most, 'character')} are kept.` : usual
  const described = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean)
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={`field ${styles.box} ${styles.area}`}>
        <textarea
          id={id}
          rows={rows}
          value={value}
          placeholder={placeholder}
          maxLength={most}
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={hasFocus}
          autoComplete="off"
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
