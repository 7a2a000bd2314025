import { Field } from '../ui/field'
import { Segmented } from '../ui/segmented'
import type { ConnectionDraft, DraftErrors } from './connection-draft'
import styles from './connections.module.css'
import { SecretField } from './secret-field'

interface Props {
  readonly draft: ConnectionDraft
  readonly errors: DraftErrors
  readonly onChange: (change: Partial<ConnectionDraft>) => void
}

/** Who Clew is to the server: nobody, a user with a password, or the bearer of a token. */
export function SignInFields({ draft, errors, onChange }: Props) {
  return (
    <fieldset className={styles.group}>
      <legend>Sign in</legend>
      <div>
        <Segmented
          label="Way of signing in"
          value={draft.authKind}
          options={[
            { value: 'none', label: 'None' },
            { value: 'basic', label: 'User and password' },
            { value: 'bearer', label: 'Token' },
          ]}
          onChange={(authKind) => onChange({ authKind })}
        />
      </div>
      {draft.authKind === 'basic' && (
        <div className={styles.pair}>
          <Field
            label="User"
            value={draft.user}
            error={errors.user}
            onChange={(user) => onChange({ user })}
          />
          <SecretField
            label="Password"
            secret={draft.password}
            onChange={(password) => onChange({ password })}
          />
        </div>
      )}
      {draft.authKind === 'bearer' && (
        <SecretField
          label="Token"
          secret={draft.token}
          error={errors.token}
          hint="Sent as Authorization: Bearer …"
          onChange={(token) => onChange({ token })}
        />
      )}
    </fieldset>
  )
}
