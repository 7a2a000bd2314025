import type { ReactNode } from 'react'
import type { FoundManifest } from '../state/manifest-in'
import { WarnNote } from '../ui/warn-note'

interface Props {
  /** What came of looking into the files; undefined until that is known. */
  readonly saved: FoundManifest | undefined
  readonly action?: ReactNode
}

/** What is damaged or missing of a saved investigation, for as long as it is looked at; nothing where it is whole, or none. */
export function SavedFaults({ saved, action }: Props) {
  if (saved?.kind === 'lost')
    return (
      <WarnNote title={saved.sentence} action={action}>
        What else is in the file is there to be looked at and asked: traces, log lines and metrics.{' '}
        {saved.faults.join(' ')}
      </WarnNote>
    )
  if (saved?.kind !== 'read' || saved.faults.length === 0) return undefined
  return (
    <WarnNote title="This saved investigation is damaged: what could be read of it is here.">
      {saved.faults.join(' ')}
    </WarnNote>
  )
}
