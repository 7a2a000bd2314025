import { useState } from 'react'
import { countOf, formatBytes } from '#shared/derive/quantities'
import { toApiError } from '../state/errors'
import { useForgetFiles, useKeptFiles } from '../state/files'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { say } from '../ui/status-message'
import { Setting } from './setting'

/** Traces are often not for everybody's eyes: what is kept of them on this machine can be seen, and forgotten. */
export function KeptFiles() {
  const kept = useKeptFiles()
  const forget = useForgetFiles()
  const [isAsking, setAsking] = useState(false)
  const files = kept.data ?? []
  const bytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const holding = `${countOf(files.length, 'file')}, ${formatBytes(bytes)}`
  const run = async () => {
    setAsking(false)
    try {
      await forget.mutateAsync()
      say(`Forgot ${holding}.`)
    } catch (thrown) {
      say(`The files could not be forgotten: ${toApiError(thrown).detail ?? ''}`, { tone: 'warn' })
    }
  }
  return (
    <>
      <Setting
        title="Opened files"
        control={
          <Button isDisabled={files.length === 0} onClick={() => setAsking(true)}>
            Forget files
          </Button>
        }
      >
        {kept.isError
          ? 'This browser keeps no files: after a reload an opened file has to be opened again.'
          : files.length === 0
            ? 'None is kept. A file you drop is kept on this machine, so that reload and back find it.'
            : `${holding}, kept on this machine, so that reload and back find them.`}
      </Setting>
      {isAsking && (
        <Dialog
          title={`Forget ${holding}?`}
          isAlert
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button look="primary" onClick={() => void run()}>
                Forget
              </Button>
            </>
          }
        >
          Clew’s copies are deleted; the files themselves stay where they are. Links to these traces ask for
          their file again.
        </Dialog>
      )}
    </>
  )
}
