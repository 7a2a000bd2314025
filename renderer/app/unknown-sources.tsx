import { useLocation } from '@tanstack/react-router'
import type { Source } from '#shared/api/contract'
import { hrefOfConnections } from '../state/connections-location'
import { endedDemo } from '../state/demo'
import { filesOfSource } from '../state/files-source'
import { useGo } from '../state/location'
import { closedFiles, useHanding } from '../state/opened-source'
import { useSources } from '../state/sources'
import { askedSources, unknownSources } from '../state/unknown-sources'
import { ComingFiles } from '../sources/coming-files'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'

/** Above what other sources answer in the place of one that is not here: figures of one system must not be taken for another’s. */
export function UnknownSources() {
  const go = useGo()
  const known = useSources().data
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const params = new URLSearchParams(search)
  const unknown = known ? unknownSources(path, params, known) : []
  const files = unknown.length === 1 ? filesOfSource(unknown[0]) : []
  const handing = useHanding(files)
  if (!known || unknown.length === 0 || isSaidThere(path, params, known)) return undefined
  // They are on their way: what asks them is shown once they are there.
  if (files.length > 0 && handing.kind !== 'gone') return <ComingFiles files={files} />
  return (
    <WarnNote
      title="A source that this address asks is not connected here."
      action={<Button onClick={() => go(hrefOfConnections({ isNew: true }))}>Connect it</Button>}
    >
      What is shown comes from those that are.
    </WarnNote>
  )
}

/** Pages give way to what opens closed files; traces and their search to what begins an ended demo again. */
function isSaidThere(path: string, params: URLSearchParams, known: readonly Source[]): boolean {
  const asked = askedSources(path, params)
  return (
    closedFiles(asked, known).length > 0 ||
    (/^\/traces?$/.test(path) && endedDemo(asked, known) !== undefined)
  )
}
