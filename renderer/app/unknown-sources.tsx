import { useLocation } from '@tanstack/react-router'
import type { Source } from '#shared/api/contract'
import { hrefOfConnections } from '../state/connections-location'
import { endedDemo } from '../state/demo'
import { useGo } from '../state/location'
import { closedFiles } from '../state/opened-source'
import { useSources } from '../state/sources'
import { unknownSources } from '../state/unknown-sources'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'

/** Above what other sources answer in the place of one that is not here: figures of one system must not be taken for another’s. */
export function UnknownSources() {
  const go = useGo()
  const known = useSources().data
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const params = new URLSearchParams(search)
  if (!known || unknownSources(path, params, known).length === 0 || isSaidThere(path, params, known))
    return undefined
  return (
    <WarnNote
      title="A source that this address asks is not connected here."
      action={<Button onClick={() => go(hrefOfConnections({ isNew: true }))}>Connect it</Button>}
    >
      What is shown comes from those that are.
    </WarnNote>
  )
}

/** Traces and their search give way to what begins an ended demo again, or opens closed files. */
const isSaidThere = (path: string, params: URLSearchParams, known: readonly Source[]): boolean =>
  /^\/traces?$/.test(path) &&
  (endedDemo(params.getAll('source'), known) !== undefined ||
    closedFiles(params.getAll('source'), known).length > 0)
