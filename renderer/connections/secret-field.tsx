import { useState } from 'react'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import type { SecretDraft } from './connection-draft'
import styles from './connections.module.css'

interface Props {
  readonly label: string
  readonly hideLabel?: boolean | undefined
  readonly secret: SecretDraft
  readonly onChange: (secret: SecretDraft) => void
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly className?: string | undefined
}

/** A password, token or key. What is kept is never shown: it can be replaced or removed. */
export function SecretField({ label, hideLabel, secret, onChange, error, hint, className }: Props) {
  const [isShown, setShown] = useState(false)
  return (
    <Field
      label={label}
      hideLabel={hideLabel}
      className={className}
      type={isShown ? 'text' : 'password'}
      // Browsers must not offer to keep it: that is Clew's own secret store's job.
      autoComplete="new-password"
      mono={isShown}
      value={secret.text}
      placeholder={secret.isKept ? 'kept; type to replace' : ''}
      onChange={(text) => onChange({ ...secret, text })}
      error={error}
      hint={hint}
      after={
        secret.text !== '' ? (
          <Button
            look="ghost"
            className={styles.inField}
            pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </Button>
        ) : secret.isKept ? (
          <Button
            look="ghost"
            className={styles.inField}
            onClick={() => onChange({ isKept: false, text: '' })}
          >
            Remove
          </Button>
        ) : undefined
      }
    />
  )
}
