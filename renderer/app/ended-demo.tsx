import { useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DemoChoice } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import { endedDemo, useDemo, useOpenIncident, useStartDemo } from '../state/demo'
import { toApiError } from '../state/errors'
import { closedFiles } from '../state/opened-source'
import { useSources } from '../state/sources'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { ClosedFiles } from './closed-files'

/** A page, or, where it asks a run of the demo shop that has ended or files that are not open, the way to begin that again. */
export function UnlessEnded({ children }: { readonly children: ReactNode }) {
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const known = useSources().data
  const files = known ? closedFiles(new URLSearchParams(search).getAll('source'), known) : []
  const ended = known && endedDemo(new URLSearchParams(search).getAll('source'), known)
  if (files.length > 0) return <ClosedFiles files={files} />
  return ended ? <EndedDemo choice={ended} isTrace={path === '/trace'} /> : children
}

function EndedDemo({ choice, isTrace }: { readonly choice: DemoChoice; readonly isTrace: boolean }) {
  const running = useDemo()
  const start = useStartDemo()
  const incident = useOpenIncident()
  const error = start.error ?? incident.error
  // The same trace is there again; a search asks for a time that has gone by.
  const begin = () => (isTrace ? start.mutate(choice) : incident.open(choice))
  return (
    <>
      <h1 className="sr">Ended demo</h1>
      {error && <ErrorNote error={toApiError(error)} />}
      <EmptyState
        title="This run of the demo shop has ended."
        action={
          <Button look="primary" isDisabled={start.isPending || incident.isPending} onClick={begin}>
            Start it again
          </Button>
        }
      >
        It was “{findScenario(choice.scenario)?.title}” ({choice.scenario}, seed {choice.seed}). Started
        again, it leaves the same traces behind, at another time
        {running ? '; the run there is now ends with that.' : '.'}
      </EmptyState>
    </>
  )
}
