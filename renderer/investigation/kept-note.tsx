import { useIsClewGone } from '../state/clew-there'
import { toApiError } from '../state/errors'
import { keepNow, useThreadProblem } from '../state/thread'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'

/** Why the steps are not on the disk, and what to do; nothing where they are. */
export function KeptNote() {
  const problem = useThreadProblem()
  const isClewGone = useIsClewGone()
  // Of a Clew that is not there the frame says what becomes of them.
  if (problem === undefined || isClewGone) return undefined
  return (
    <WarnNote
      title="Your steps are not kept on this machine: they would be lost with this page."
      action={<Button onClick={keepNow}>Try again</Button>}
    >
      {toApiError(problem).message} Put that right, and they are kept by themselves; or save them as a file.
    </WarnNote>
  )
}
