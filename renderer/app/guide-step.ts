import type { DemoSource } from '#shared/api/contract'
import { type DemoScenario, findScenario } from '#shared/api/demo-scenarios'
import type { Finding } from '#shared/derive/findings/finding'
import { hrefOfIncident } from '../state/demo'
import type { ShownFindings } from '../state/shown-findings'
import type { ShownMoves } from '../state/shown-moves'
import type { ShownUses } from '../state/shown-uses'
import type { ShownWay } from '../state/shown-ways'
import { metricsLocation } from '../state/metrics-location'
import { type SearchLocation, searchKeyOf, searchLocation } from '../state/search-location'
import { traceLocation } from '../state/trace-location'

export type GuideStep = 'Metric' | 'Request' | 'Wait' | 'Lines' | 'Evidence' | 'Cause'

/** The way through an incident that is noticed on a chart, and through one that is noticed in its requests. */
const chartSteps: readonly GuideStep[] = ['Metric', 'Request', 'Wait', 'Lines', 'Cause']
const requestSteps: readonly GuideStep[] = ['Request', 'Evidence', 'Cause']

/** A way on that has a button: one that the page has, or to what moved first, in the overview, or to the whole thread. */
export type GuideWay = ShownWay | 'moved' | 'thread'

/** What the page on screen tells of itself. */
export interface Shown {
  readonly findings?: ShownFindings | undefined
  readonly ways?: readonly ShownWay[]
  readonly uses?: ShownUses | undefined
  readonly moves?: ShownMoves | undefined
}

/** What the guide says at a place: only what is there. */
export interface GuideWords {
  /** None of `stepsOf` where it is undefined. */
  readonly step: GuideStep | undefined
  readonly text: string
  /** Where its buttons lead: to the search of the run, as what comes next or as a way back, and to what stands out in a trace. */
  readonly requests?: 'next' | 'back'
  readonly finding?: Finding['kind'] | undefined
  /** The first is the one that the story goes on by. */
  readonly ways?: readonly GuideWay[]
}

/** The steps of a story; a good day has none. */
export function stepsOf({ demo }: DemoSource): readonly GuideStep[] {
  const scenario = findScenario(demo.scenario)
  if (scenario?.cause === undefined) return []
  return scenario.chart === undefined ? requestSteps : chartSteps
}

/** Where what moved tells more than the lines of the evidence. */
const movedFirst: ReadonlySet<string> = new Set(['n-plus-one', 'bad-instance'])

const spanWays: readonly ShownWay[] = ['lines', 'peers', 'link', 'metrics']

/** What stands below, once it is there: what moved first, in the overview. */
export const movesText = (moves: ShownMoves | undefined): string =>
  moves && moves.length > 0 ? ' What moved first stands below.' : ''

/** Undefined where the guide has nothing to say. */
export function guideAt(
  path: string,
  search: string,
  demo: DemoSource,
  { findings, ways = [], uses, moves }: Shown,
): GuideWords | undefined {
  const scenario = findScenario(demo.demo.scenario)
  if (scenario === undefined) return undefined
  const params = new URLSearchParams(search)
  const steps = stepsOf(demo)
  /** Of the steps that may be meant, the one that this story has. */
  const step = (...meant: readonly GuideStep[]) => meant.find((one) => steps.includes(one))
  const isOfDemo = (sources: readonly string[]) => sources.length === 0 || sources.includes(demo.id)
  const toMoved: readonly GuideWay[] = scenario.cause?.seenIn === 'moves' ? ['moved'] : []
  if (path === '/traces') {
    const place = searchLocation.parse(params)
    if (!isOfDemo(place.sources)) return undefined
    return isOwnSearch(place, demo)
      ? { step: step('Request'), text: requestsText(scenario) }
      : {
          step: undefined,
          text: `The story of this demo, “${scenario.title}”, goes on from its own search.`,
          requests: 'back',
        }
  }
  if (path === '/trace') {
    const { sources, files } = traceLocation.parse(params)
    // A trace that is not there has nothing to read.
    if (findings === undefined || files.length > 0 || !isOfDemo(sources)) return undefined
    // Of wrong clocks nothing else is evidence.
    const isEvidence = (kind: Finding['kind']) =>
      scenario.cause?.seenIn === 'trace' ? kind === 'clock' : true
    if (findings.selected.some(isEvidence)) return evidenceWords(scenario, ways, step, toMoved)
    const finding = findings.kinds?.find(isEvidence)
    return {
      step: step('Request'),
      text: readText(findings.kinds === undefined ? 'working' : finding ? 'some' : 'none', scenario),
      requests: 'back',
      finding,
    }
  }
  if (path === '/metrics') {
    const { panels } = metricsLocation.parse(params)
    const own = panels.filter(({ source }) => source === demo.id)
    if (scenario.chart !== undefined && own.some(({ query }) => query === scenario.chart))
      return {
        step: step('Metric'),
        text: 'Something got slow. Each diamond is one request that was measured: click one that stands high, and its trace opens.',
        requests: 'next',
      }
    return own.length === 0 || toMoved.length === 0
      ? undefined
      : {
          step: undefined,
          text: 'A chart of this incident: when it rose, beside what else moved, leads to the cause.',
          requests: 'back',
          ways: toMoved,
        }
  }
  if (path === '/overview') {
    // Led to by the guide, it is of the whole run; the one that Clew begins on is of the last hour.
    if (params.get('source') !== demo.id || !params.has('from') || toMoved.length === 0) return undefined
    return {
      step: step('Cause'),
      text: `${movesText(moves).trimStart()} The cause: ${scenario.cause?.text}`.trimStart(),
      requests: 'back',
      ways: ['thread'],
    }
  }
  // Which lines and which service is a matter of the step before.
  if (!isOfDemo(params.getAll('source'))) return undefined
  if (path === '/logs' && params.get('query')) {
    const toService: readonly GuideWay[] = ways.includes('metrics') ? ['metrics'] : []
    return {
      step: step('Lines', 'Evidence'),
      text: 'What was written then. Choose a line, and M leads to the metrics of its service at that moment.',
      requests: 'back',
      ways: [...toService, ...toMoved],
    }
  }
  if (path === '/service' && params.get('service'))
    return {
      step: scenario.chart === undefined ? step('Evidence') : step('Cause'),
      text: usesText(uses),
      requests: 'back',
      ways: toMoved,
    }
  return undefined
}

/** At the evidence; which is the cause, too, where nothing but traces tells it. */
function evidenceWords(
  { name, cause, chart }: DemoScenario,
  there: readonly ShownWay[],
  step: (...meant: readonly GuideStep[]) => GuideStep | undefined,
  toMoved: readonly GuideWay[],
): GuideWords {
  const isCause = cause?.seenIn === 'trace'
  const more = isCause
    ? ` The cause: ${cause.text}`
    : chart === undefined
      ? ''
      : ' Was it working, or waiting, and for what?'
  const fromSpan = spanWays.filter((way) => there.includes(way))
  return {
    step: isCause ? step('Cause') : step('Wait', 'Evidence'),
    text: `The span that is selected now is the evidence, with all it says of itself beside it.${more}`,
    requests: 'back',
    ways: isCause
      ? ['thread', ...fromSpan]
      : movedFirst.has(name)
        ? [...toMoved, ...fromSpan]
        : [...fromSpan, ...toMoved],
  }
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

/** Whether the search is the one that shows what the run is about, over whatever time. */
function isOwnSearch(place: SearchLocation, demo: DemoSource): boolean {
  const own = searchLocation.parse(new URL(hrefOfIncident(demo), 'http://clew').searchParams)
  const { range, limit } = own
  return place.asked && searchKeyOf({ ...place, range, limit }) === searchKeyOf(own)
}

function requestsText({ sees, chart, cause }: DemoScenario): string {
  const open = 'double click its row, or press Enter on it.'
  if (cause === undefined)
    return `Each dot and each row is one request; none of them went wrong. Open any: ${open}`
  if (cause.seenIn === 'trace') return `${sees} Each dot and each row is one checkout. Open one: ${open}`
  return chart === undefined
    ? `${sees} Each dot and each row is one trace of that. Open one: ${open}`
    : `Each dot and each row is one request of the incident. Open one that stands out: ${open}`
}

function readText(shown: 'working' | 'none' | 'some', { cause }: DemoScenario): string {
  const read = 'The line under the bars follows what the request waited for.'
  if (shown === 'some') return `${read} The sentences below say what stands out: choose one.`
  if (shown !== 'none') return read
  if (cause?.seenIn === 'trace') return `${read} The clocks agree in this one: open another of the requests.`
  return `${read} Nothing stands out in this one${cause === undefined ? '.' : ': open another of the requests.'}`
}
