import { Button } from '../ui/button'
import { TextArea } from '../ui/text-area'
import type { SecretDraft } from './connection-draft'
import styles from './connections.module.css'

interface Props {
  readonly label: string
  readonly secret: SecretDraft
  readonly onChange: (secret: SecretDraft) => void
  readonly error?: string | undefined
}

/** A secret of several lines: a private key. */
export function SecretArea({ label, secret, onChange, error }: Props) {
  return (
    <div className={styles.secretArea}>
      <TextArea
        label={label}
        value={secret.text}
        placeholder={secret.isKept ? 'kept; paste to replace' : '-----BEGIN PRIVATE KEY-----'}
        onChange={(text) => onChange({ ...secret, text })}
        error={error}
      />
      {secret.isKept && secret.text === '' && (
        <Button look="ghost" onClick={() => onChange({ isKept: false, text: '' })}>
          Remove
        </Button>
      )}
    </div>
  )
}
