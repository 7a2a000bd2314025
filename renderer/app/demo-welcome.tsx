import type { DemoSource } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import { hrefOfConnections } from '../state/connections-location'
import { hrefOfStory, useEndEmbedded } from '../state/demo'
import { toApiError } from '../state/errors'
import { useGo } from '../state/location'
import type { ShownMoves } from '../state/shown-moves'
import { useChooseFiles } from '../state/use-open-files'
import { Button } from '../ui/button'
import { say } from '../ui/status-message'
import styles from './demo-guide.module.css'
import { movesText } from './guide-step'

interface Props {
  readonly demo: DemoSource
  readonly moves: ShownMoves | undefined
  readonly onSkip: () => void
}

/** What one sees at the first start, before the guide leads through it: that it is a demo, and the ways to something of one's own. */
export function DemoWelcome({ demo, moves, onSkip }: Props) {
  const go = useGo()
  const end = useEndEmbedded()
  const chooseFiles = useChooseFiles()
  // With the demo this goes too, before what `mutate` is told to do at the end.
  const endDemo = async () => {
    try {
      await end.mutateAsync(demo)
      go('/')
      say(`${demo.name} has ended; it is offered here.`)
    } catch (thrown) {
      say(toApiError(thrown).message, { tone: 'warn' })
    }
  }
  return (
    <section className={styles.guide} aria-label="Guide through the demo">
      <p className="grow">
        <b>This is a demo.</b> A shop simulated on this machine, with an incident in progress:{' '}
        {findScenario(demo.demo.scenario)?.sees} Nothing of yours is in it.{movesText(moves)}
      </p>
      <Button look="primary" onClick={() => go(hrefOfStory(demo))}>
        Follow the incident
      </Button>
      <Button icon="plug" onClick={() => go(hrefOfConnections({ isNew: true }))}>
        Connect your own
      </Button>
      <Button icon="folder" onClick={() => void chooseFiles()}>
        Open a file
      </Button>
      <Button isDisabled={end.isPending} onClick={() => void endDemo()}>
        End the demo
      </Button>
      <Button look="ghost" onClick={onSkip}>
        Skip the guide
      </Button>
    </section>
  )
}
