import { useId } from 'react'
import { Icon } from './icon'
import styles from './select.module.css'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly hideLabel?: boolean | undefined
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  readonly size?: 'lg' | undefined
  readonly className?: string | undefined
}

/** A choice of one among a few; the browser's own list, which every screen reader knows. */
export function Select<Value extends string>({
  label,
  hideLabel = false,
  value,
  options,
  onChange,
  size,
  className,
}: Props<Value>) {
  const id = useId()
  return (
    <div className={[styles.select, className].filter(Boolean).join(' ')}>
      <label htmlFor={id} className={hideLabel ? 'sr' : styles.label}>
        {label}
      </label>
      <div className={['field', styles.box, size === 'lg' && styles.lg].filter(Boolean).join(' ')}>
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size="x" className={styles.mark} />
      </div>
    </div>
  )
}
