import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'
import { Icon, type IconName } from './icon'
import styles from './field.module.css'

interface Props extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'value' | 'onChange' | 'size' | 'className' | 'id'
> {
  readonly label: string
  /** The label is read out but not drawn. */
  readonly hideLabel?: boolean | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  readonly icon?: IconName | undefined
  readonly size?: 'lg' | undefined
  readonly mono?: boolean | undefined
  /** Shows a cross while there is text; Escape clears too. */
  readonly clearable?: boolean | undefined
  /** A sentence under the field. */
  readonly hint?: ReactNode
  /** What is wrong with the text; said with the field. */
  readonly error?: string | undefined
  /** Shown inside the field, after the text: a unit, a count. */
  readonly after?: ReactNode
  readonly className?: string | undefined
  readonly inputRef?: Ref<HTMLInputElement> | undefined
}

/** A labelled line of text. */
export function Field({
  label,
  hideLabel = false,
  value,
  onChange,
  icon,
  size,
  mono = false,
  clearable = false,
  hint,
  error,
  after,
  className,
  inputRef,
  onKeyDown,
  ...rest
}: Props) {
  const id = useId()
  const described = [error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean)
  const clear = () => {
    onChange('')
    document.getElementById(id)?.focus()
  }
  return (
    <div className={[styles.field, className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={hideLabel ? 'sr' : styles.label}>
        {label}
      </label>
      <div className={['field', styles.box, size === 'lg' && styles.lg].filter(Boolean).join(' ')}>
        {icon && <Icon name={icon} size="s" className="t3" />}
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          ref={inputRef}
          className={mono ? 'mono' : undefined}
          value={value}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (clearable && event.key === 'Escape' && value !== '') {
              event.stopPropagation()
              event.preventDefault()
              onChange('')
            }
            onKeyDown?.(event)
          }}
        />
        {after}
        {clearable && value !== '' && (
          <button type="button" className={styles.clear} aria-label={`Clear ${label}`} onClick={clear}>
            <Icon name="close" size="x" />
          </button>
        )}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          <Icon name="error" size="x" />
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
