import { Check } from '../ui/check'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'
import { WarnNote } from '../ui/warn-note'
import type { ConnectionDraft, DraftErrors } from './connection-draft'
import styles from './connections.module.css'
import { HeaderRows } from './header-rows'
import { SecretArea } from './secret-area'

interface Props {
  readonly draft: ConnectionDraft
  readonly errors: DraftErrors
  readonly onChange: (change: Partial<ConnectionDraft>) => void
}

/** Headers, certificates, time-out: what most connections never need. */
export function AdvancedFields({ draft, errors, onChange }: Props) {
  return (
    <>
      <HeaderRows headers={draft.headers} errors={errors} onChange={(headers) => onChange({ headers })} />
      <fieldset className={styles.group}>
        <legend>Certificates</legend>
        <TextArea
          label="Trusted authority (PEM)"
          value={draft.ca}
          placeholder="-----BEGIN CERTIFICATE-----"
          hint="For a server whose certificate this machine does not trust by itself; several may follow each other."
          error={errors.ca}
          onChange={(ca) => onChange({ ca })}
        />
        <TextArea
          label="Client certificate (PEM)"
          value={draft.clientCert}
          placeholder="-----BEGIN CERTIFICATE-----"
          error={errors.clientCert}
          onChange={(clientCert) => onChange({ clientCert })}
        />
        <SecretArea
          label="Its private key (PEM)"
          secret={draft.clientKey}
          error={errors.clientKey}
          onChange={(clientKey) => onChange({ clientKey })}
        />
        <Check checked={draft.skipVerify} onChange={(skipVerify) => onChange({ skipVerify })}>
          Accept any certificate
        </Check>
        {draft.skipVerify && (
          <WarnNote title="Anyone between here and the server can read and change what is sent.">
            Passwords and tokens too. Better: paste its authority above.
          </WarnNote>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Time-out</legend>
        <Field
          label="Give up after"
          className={styles.short}
          inputMode="decimal"
          value={draft.timeoutS}
          after={<span className="t3">s</span>}
          error={errors.timeout}
          onChange={(timeoutS) => onChange({ timeoutS })}
        />
      </fieldset>
    </>
  )
}
