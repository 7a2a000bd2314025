import { useState } from 'react'
import { longest, mark, nameOf, type Step } from '#shared/thread/thread'
import { changeThread } from '../state/thread'
import { Button } from '../ui/button'
import { Check } from '../ui/check'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { useKeys } from '../ui/keys'
import { TextArea } from '../ui/text-area'
import styles from './step-dialog.module.css'
import { takeOut } from './take-out'

/** Name, note and pin of a step. */
export function StepDialog({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const [name, setName] = useState(step.name)
  const [note, setNote] = useState(step.note)
  const [isPinned, setPinned] = useState(step.isPinned)
  const keep = (): void => {
    changeThread((thread) => mark(thread, step.id, { name: name.trim(), note: note.trim(), isPinned }))
    onClose()
  }
  useKeys({
    scope: 'Note',
    bindings: [{ keys: 'Mod+Enter', title: 'Keep it', whileTyping: true, run: keep }],
  })
  return (
    <Dialog
      title={nameOf(step)}
      onClose={onClose}
      actions={
        <>
          <Button
            look="ghost"
            onClick={() => {
              takeOut(step)
              onClose()
            }}
          >
            Remove step
          </Button>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="step">
            Keep
          </Button>
        </>
      }
    >
      <form
        id="step"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <Field
          label="Name"
          value={name}
          onChange={setName}
          placeholder={step.title}
          maxLength={longest.name}
        />
        <TextArea label="Note" value={note} onChange={setNote} rows={5} most={longest.note} hasFocus />
        <Check checked={isPinned} onChange={setPinned}>
          Pinned: kept whatever else is asked here
        </Check>
      </form>
    </Dialog>
  )
}
