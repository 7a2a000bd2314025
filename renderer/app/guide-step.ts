import type { DemoSource } from '#shared/api/contract'
import { type DemoScenario, findScenario } from '#shared/api/demo-scenarios'
import { hrefOfIncident } from '../state/demo'
import type { ShownFindings } from '../state/shown-findings'
import type { ShownUses } from '../state/shown-uses'
import type { ShownWay } from '../state/shown-ways'
import { metricsLocation } from '../state/metrics-location'
import { type SearchLocation, searchKeyOf, searchLocation } from '../state/search-location'
import { traceLocation } from '../state/trace-location'

/** The way through an incident that is noticed on a chart. */
export const guideSteps = ['Metric', 'Request', 'Wait', 'Lines', 'Cause'] as const

/** A way on that has a button: one that the page has, or to what moved first, in the overview. */
export type GuideWay = ShownWay | 'moved'

/** What the page on screen tells of itself. */
export interface Shown {
  readonly findings?: ShownFindings | undefined
  readonly ways?: readonly ShownWay[]
  readonly uses?: ShownUses | undefined
}

/** What the guide says at a place: only what is there. */
export interface GuideWords {
  /** The place of `guideSteps`; undefined where it is none of them. */
  readonly step: number | undefined
  readonly text: string
  /** Where its buttons lead: to the search of the run, as what comes next or as a way back, and to what stands out in a trace. */
  readonly requests?: 'next' | 'back'
  readonly hasFinding?: boolean
  /** The first is the one that the story goes on by. */
  readonly ways?: readonly GuideWay[]
}

/** By which way a story goes on from the evidence, where that is not its lines. */
const firstWay: Readonly<Record<string, GuideWay>> = {
  'n-plus-one': 'moved',
  'slow-consumer': 'peers',
  'bad-instance': 'peers',
}

const allWays: readonly GuideWay[] = ['lines', 'peers', 'link', 'metrics', 'moved']

/** Undefined where the guide has nothing to say. Runs that no chart begins have no steps: they have their search, and its traces. */
export function guideAt(
  path: string,
  search: string,
  demo: DemoSource,
  { findings, ways = [], uses }: Shown,
): GuideWords | undefined {
  const scenario = findScenario(demo.demo.scenario)
  if (scenario === undefined) return undefined
  const params = new URLSearchParams(search)
  const hasSteps = scenario.chart !== undefined
  const isOfDemo = (sources: readonly string[]) => sources.length === 0 || sources.includes(demo.id)
  if (path === '/traces') {
    const place = searchLocation.parse(params)
    if (!isOfDemo(place.sources)) return undefined
    return isOwnSearch(place, demo)
      ? { step: hasSteps ? 1 : undefined, text: requestsText(scenario) }
      : {
          step: undefined,
          text: `This is not the search of this demo: “${scenario.title}”.`,
          requests: 'back',
        }
  }
  if (path === '/trace') {
    const { sources, files } = traceLocation.parse(params)
    // A trace that is not there has nothing to read.
    if (findings === undefined || files.length > 0 || !isOfDemo(sources)) return undefined
    if (findings === 'selected')
      return {
        step: hasSteps ? 2 : undefined,
        text: `The span that is selected now is the evidence, with all it says of itself beside it.${hasSteps ? ' Was it working, or waiting, and for what?' : ''}`,
        requests: 'back',
        ways: waysOf(scenario, ways),
      }
    return {
      step: hasSteps ? 1 : undefined,
      text: readText(findings, scenario),
      requests: 'back',
      hasFinding: findings === 'some',
    }
  }
  if (hasSteps && path === '/metrics' && isStory(params, demo, scenario))
    return {
      step: 0,
      text: 'Something got slow. Each diamond is one request that was measured: click one that stands high, and its trace opens.',
      requests: 'next',
    }
  // Which lines and which service is a matter of the step before.
  if (!isOfDemo(params.getAll('source'))) return undefined
  if (path === '/logs' && params.get('query'))
    return {
      step: hasSteps ? 3 : undefined,
      text: 'What was written then. Choose a line, and M leads to the metrics of its service at that moment.',
      requests: 'back',
      ways: ['moved'],
    }
  if (path === '/service' && params.get('service'))
    return { step: hasSteps ? 4 : undefined, text: usesText(uses), requests: 'back', ways: ['moved'] }
  return undefined
}

/** Those that are there, that of the story first. */
function waysOf({ name }: DemoScenario, there: readonly ShownWay[]): readonly GuideWay[] {
  const first = firstWay[name] ?? 'lines'
  return [first, ...allWays.filter((way) => way !== first)].filter(
    (way) => way === 'moved' || there.includes(way),
  )
}

const list = new Intl.ListFormat('en-GB')
const groupWords = { pool: 'pools', queue: 'queues', runtime: 'runtime', container: 'container' } as const

/** Of what a service uses, only what it has. */
function usesText(uses: ShownUses | undefined): string {
  const parts = 'Its operations and instances, then against before.'
  const words = [...new Set(uses)].map((group) => groupWords[group])
  return words.length === 0
    ? parts
    : `${parts} What is full: its ${list.format(words)} stand below, against how much there is of each.`
}

/** Whether the chart is the one on which the incident is noticed. */
function isStory(params: URLSearchParams, demo: DemoSource, { chart }: DemoScenario): boolean {
  return metricsLocation
    .parse(params)
    .panels.some((panel) => panel.source === demo.id && panel.query === chart)
}

/** Whether the search is the one that shows what the run is about, over whatever time. */
function isOwnSearch(place: SearchLocation, demo: DemoSource): boolean {
  const own = searchLocation.parse(new URL(hrefOfIncident(demo), 'http://clew').searchParams)
  const { range, limit } = own
  return place.asked && searchKeyOf({ ...place, range, limit }) === searchKeyOf(own)
}

function requestsText({ name, sees, chart }: DemoScenario): string {
  const open = 'double click its row, or press Enter on it.'
  if (name === 'healthy')
    return `Each dot and each row is one request; none of them went wrong. Open any: ${open}`
  return chart === undefined
    ? `${sees} Each dot and each row is one trace of that. Open one: ${open}`
    : `Each dot and each row is one request of the incident. Open one that stands out: ${open}`
}

function readText(shown: ShownFindings, { name }: DemoScenario): string {
  const read = 'The line under the bars follows what the request waited for.'
  if (shown === 'some') return `${read} The sentences above say what stands out: choose one.`
  if (shown !== 'none') return read
  return `${read} Nothing stands out in this one${name === 'healthy' ? '.' : ': open another of the requests.'}`
}
