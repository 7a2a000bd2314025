import { type FormEvent, useId, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { grafanaBase } from '#shared/correlate/other-tools'
import { useGrafana } from '../state/grafana'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import styles from './grafana-dialog.module.css'

interface Props {
  readonly source: Pick<Source, 'id' | 'name'>
  readonly onClose: () => void
  /** The address and the name are kept by now. */
  readonly onSaved: (base: string, name: string) => void
}

/** Asks where Grafana is, and what a source is called there. */
export function GrafanaDialog({ source, onClose, onSaved }: Props) {
  const { base: known, nameOf, keep } = useGrafana()
  const [address, setAddress] = useState(known ?? '')
  const [name, setName] = useState(nameOf(source.id))
  const [isTried, setTried] = useState(false)
  const id = useId()
  const base = grafanaBase(address)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (base === undefined) return
    keep(base, source.id, name.trim())
    onSaved(base, name.trim())
  }
  return (
    <Dialog
      title="Where is your Grafana?"
      onClose={onClose}
      actions={
        <>
          <Button size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" size="lg" type="submit" form={id}>
            Keep and go on
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={save}>
        <Field
          label="Address of Grafana"
          // The dialog was opened for this.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          size="lg"
          value={address}
          onChange={setAddress}
          placeholder="https://grafana.example.org"
          error={isTried && base === undefined ? 'This is no address of a web page.' : undefined}
          hint={
            base !== undefined && base !== address.trim()
              ? `Kept as ${base}`
              : 'Or that of any of its pages. It is kept in the settings.'
          }
        />
        <Field
          label={`What ${source.name} is called there`}
          size="lg"
          value={name}
          onChange={setName}
          hint="The name of the data source in Grafana; left empty, Grafana takes its own first one."
        />
      </form>
    </Dialog>
  )
}
