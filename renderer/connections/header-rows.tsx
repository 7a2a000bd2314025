import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { type DraftErrors, type HeaderDraft, noSecret } from './connection-draft'
import styles from './connections.module.css'
import { SecretField } from './secret-field'

interface Props {
  readonly headers: readonly HeaderDraft[]
  readonly errors: DraftErrors
  readonly onChange: (headers: readonly HeaderDraft[]) => void
}

/** Headers sent along with every question; their values are secrets, for they are often keys. */
export function HeaderRows({ headers, errors, onChange }: Props) {
  const set = (key: number, change: Partial<HeaderDraft>) =>
    onChange(headers.map((header) => (header.key === key ? { ...header, ...change } : header)))
  const add = () =>
    onChange([
      ...headers,
      { key: Math.max(-1, ...headers.map((header) => header.key)) + 1, name: '', value: noSecret },
    ])
  return (
    <fieldset className={styles.group}>
      <legend>Headers</legend>
      {headers.map((header, at) => (
        <div key={header.key} className={styles.header}>
          <Field
            label={`Name of header ${at + 1}`}
            hideLabel
            mono
            value={header.name}
            placeholder="X-Api-Key"
            error={errors[`header-${header.key}`]}
            onChange={(name) => set(header.key, { name })}
          />
          <SecretField
            label={`Value of header ${at + 1}`}
            hideLabel
            secret={header.value}
            onChange={(value) => set(header.key, { value })}
          />
          <Button
            look="ghost"
            icon="close"
            label={`Remove header ${header.name || at + 1}`}
            onClick={() => onChange(headers.filter((one) => one.key !== header.key))}
          />
        </div>
      ))}
      <div>
        <Button look="ghost" icon="plus" onClick={add}>
          Header
        </Button>
      </div>
    </fieldset>
  )
}
