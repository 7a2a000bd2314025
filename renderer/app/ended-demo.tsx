import type { DemoChoice } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import { useDemo, useOpenIncident, useStartDemo } from '../state/demo'
import { toApiError } from '../state/errors'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'

/** In the place of a page that asks a run of the demo shop which has ended: the way to begin it again. */
export function EndedDemo({ choice, isTrace }: { readonly choice: DemoChoice; readonly isTrace: boolean }) {
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
