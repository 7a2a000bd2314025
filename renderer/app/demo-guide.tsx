import { useLocation } from '@tanstack/react-router'
import { hrefOfIncident, hrefOfOverview, useDemo, useFirstDemo } from '../state/demo'
import { useGo } from '../state/location'
import { useChangePreferences, usePreferences } from '../state/preferences'
import { showFinding, useShownFindings } from '../state/shown-findings'
import { useShownMoves } from '../state/shown-moves'
import { useShownUses } from '../state/shown-uses'
import { followWay, useShownWays } from '../state/shown-ways'
import { Button } from '../ui/button'
import { say } from '../ui/status-message'
import styles from './demo-guide.module.css'
import { DemoWelcome } from './demo-welcome'
import { guideAt, type GuideWay, stepsOf } from './guide-step'

const wayWords: Readonly<Record<GuideWay, string>> = {
  lines: 'Its log lines',
  peers: 'Its peers',
  link: 'What it links to',
  metrics: 'Its service then',
  moved: 'What moved first',
  thread: 'See the whole thread',
}

/** A line above the page that leads through the demo shop; it can be put away for good, and called back on the start page. */
export function DemoGuide() {
  const demo = useDemo()
  const firstDemo = useFirstDemo()
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const findings = useShownFindings()
  const ways = useShownWays()
  const uses = useShownUses()
  const moves = useShownMoves()
  const go = useGo()
  const { guideHidden = false } = usePreferences()
  const change = useChangePreferences()
  const at = demo && !guideHidden ? guideAt(path, search, demo, { findings, ways, uses, moves }) : undefined
  const hide = () => {
    change(() => ({ guideHidden: true }))
    say('The guide is put away; the start page has it.', {
      undo: () => change(() => ({ guideHidden: false })),
    })
  }
  if (demo === undefined) return undefined
  if (at === undefined)
    return path === '/overview' && firstDemo && !guideHidden ? (
      <DemoWelcome demo={firstDemo} moves={moves} onSkip={hide} />
    ) : undefined
  const follow = (way: GuideWay): void => {
    if (way === 'moved') go(hrefOfOverview(demo))
    else if (way === 'thread') go('/investigation')
    else followWay(way)
  }
  const { finding } = at
  return (
    <section className={styles.guide} aria-label="Guide through the demo">
      {at.step !== undefined && (
        <ol className={styles.steps}>
          {stepsOf(demo).map((name, place) => (
            <li key={name} aria-current={name === at.step ? 'step' : undefined}>
              {place + 1} {name}
            </li>
          ))}
        </ol>
      )}
      <p className="grow">{at.text}</p>
      {finding && (
        <Button look="primary" onClick={() => showFinding(finding)}>
          {finding === 'wait' ? 'Show the wait' : 'Show what stands out'}
        </Button>
      )}
      {at.ways?.map((way, place) => (
        <Button key={way} look={place === 0 ? 'primary' : 'plain'} onClick={() => follow(way)}>
          {wayWords[way]}
        </Button>
      ))}
      {at.requests && (
        <Button look={at.requests === 'next' ? 'primary' : 'plain'} onClick={() => go(hrefOfIncident(demo))}>
          {at.requests === 'next' ? 'See the requests' : 'Back to the requests'}
        </Button>
      )}
      <Button look="ghost" onClick={hide}>
        Skip the guide
      </Button>
    </section>
  )
}
