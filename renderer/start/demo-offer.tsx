import type { ReactNode } from 'react'
import type { DemoSource } from '#shared/api/contract'
import {
  demoScenarios,
  type DemoScenario,
  findScenario,
  offeredScenario as offered,
} from '#shared/api/demo-scenarios'
import { hasIncident, hrefOfStory, storyTitle, useDemo, useEndEmbedded, useStartDemo } from '../state/demo'
import { toApiError } from '../state/errors'
import { useGo } from '../state/location'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { say } from '../ui/status-message'
import styles from './demo-offer.module.css'

/** What runs, and the ways on. */
function Running({ demo }: { readonly demo: DemoSource }) {
  const go = useGo()
  const end = useEndEmbedded()
  const { guideHidden = false } = usePreferences()
  const change = useChangePreferences()
  const scenario = findScenario(demo.demo.scenario)
  return (
    <header className={styles.head}>
      <div className="grow">
        <h2 id="demo">
          {scenario?.title ?? demo.name} <span className="tag">runs now, simulated</span>
        </h2>
        <span className="t2">{scenario?.sees}</span>
      </div>
      <Button
        look="ghost"
        size="lg"
        isDisabled={end.isPending}
        onClick={() =>
          end.mutate(demo, {
            onSuccess: () => say(`${demo.name} has ended.`),
            onError: (thrown) => say(toApiError(thrown).message, { tone: 'warn' }),
          })
        }
      >
        End the demo
      </Button>
      {guideHidden && hasIncident(demo) && (
        <Button
          size="lg"
          onClick={() => {
            change(() => ({ guideHidden: false }))
            say('The guide is back: it stands beside the incident.')
          }}
        >
          Show the guide
        </Button>
      )}
      <Button look="primary" size="lg" onClick={() => go(hrefOfStory(demo))}>
        {storyTitle(demo)}
      </Button>
    </header>
  )
}

/** The demo shop: an incident at one click, or the one that runs; and the others there are. */
export function DemoOffer({ story }: { readonly story: ReactNode }) {
  const go = useGo()
  const demo = useDemo()
  const start = useStartDemo()
  const begin = (scenario: DemoScenario) =>
    start.mutate(
      { scenario: scenario.name, seed: 1 },
      {
        onSuccess: (begun) => go(hrefOfStory(begun)),
        onError: (thrown) => say(toApiError(thrown).message, { tone: 'warn' }),
      },
    )
  const others = demoScenarios.filter(({ name }) => name !== (demo?.demo.scenario ?? offered.name))
  return (
    <section className={styles.demo} aria-labelledby="demo">
      {demo ? (
        <Running demo={demo} />
      ) : (
        <header className={styles.head}>
          <div className="grow">
            <h2 id="demo">An incident to try: {offered.title.toLowerCase()}</h2>
            <span className="t2">{offered.sees} A simulated shop; works with nothing connected.</span>
          </div>
          <Button look="primary" size="lg" isDisabled={start.isPending} onClick={() => begin(offered)}>
            Open the demo incident
          </Button>
        </header>
      )}
      {/* Its pictures are of that incident. */}
      {(demo?.demo.scenario ?? offered.name) === offered.name && story}
      <h3 className={styles.sub}>Others in the same shop</h3>
      <ul className={styles.others}>
        {others.map((scenario) => (
          <li key={scenario.name}>
            <button
              type="button"
              className={`inset ${styles.other}`}
              aria-disabled={start.isPending || undefined}
              onClick={start.isPending ? undefined : () => begin(scenario)}
            >
              <Icon name="play" size="s" className="t3" />
              <span className={`m ${styles.title}`}>{scenario.title}</span>
              <span className="t3 small cut" title={scenario.sees}>
                {scenario.sees}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
