import { useState } from 'react'
import { longest, mark, nameOf, type Step } from '#shared/thread/thread'
import { changeThread } from '../state/thread'
import { Button } from '../ui/button'
import { say } from '../ui/status-message'
import { Check } from '../ui/check'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { useKeys } from '../ui/keys'
import { TextArea } from '../ui/text-area'
import styles from './step-dialog.module.css'
import { dropStepDraft, isChanged, setStepDraft, stepDraft, type StepWords } from './step-drafts'
import { takeOut } from './take-out'

const keepWords = (step: Step, { name, note, isPinned }: StepWords): void => {
  dropStepDraft(step.id)
  changeThread((thread) => mark(thread, step.id, { name: name.trim(), note: note.trim(), isPinned }))
}

/** Name, note and pin of a step. Closed without a word of whether to keep them, what was written stays as a draft. */
export function StepDialog({ step, onClose }: { readonly step: Step; readonly onClose: () => void }) {
  const [draft] = useState(() => stepDraft(step.id))
  const [{ name, note, isPinned }, set] = useState<StepWords>(draft ?? step)
  const change = (some: Partial<StepWords>): void => {
    const words = { name, note, isPinned, ...some }
    set(words)
    // While it is being written: nobody asks before a page is reloaded, or dies.
    setStepDraft(step.id, words)
  }
  const keep = (): void => {
    keepWords(step, { name, note, isPinned })
    onClose()
  }
  const cancel = (): void => {
    dropStepDraft(step.id)
    onClose()
  }
  const leave = (): void => {
    const words = { name, note, isPinned }
    if (!isChanged(words, step)) return cancel()
    say(`What you wrote of “${nameOf(step)}” is a draft: it is there when you open its note again.`, {
      offer: { label: 'Keep it', run: () => keepWords(step, words) },
    })
    onClose()
  }
  useKeys({
    scope: 'Note',
    // What is to be saved in here is the note, not the investigation.
    bindings: [{ keys: ['Mod+Enter', 'Mod+S'], title: 'Keep it', whileTyping: true, run: keep }],
  })
  return (
    <Dialog
      title={nameOf(step)}
      onClose={leave}
      actions={
        <>
          <Button
            look="ghost"
            onClick={() => {
              takeOut(step)
              cancel()
            }}
          >
            Remove step
          </Button>
          <span className="grow" />
          <Button onClick={cancel}>Cancel</Button>
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
          onChange={(text) => change({ name: text })}
          placeholder={step.title}
          maxLength={longest.name}
        />
        <TextArea
          label="Note"
          value={note}
          onChange={(text) => change({ note: text })}
          rows={5}
          most={longest.note}
          hint={draft && 'As it was left: nothing of it is kept yet.'}
          hasFocus
        />
        <Check checked={isPinned} onChange={(is) => change({ isPinned: is })}>
          Pinned: kept whatever else is asked here
        </Check>
      </form>
    </Dialog>
  )
}
