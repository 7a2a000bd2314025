import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoSource } from '#shared/api/contract'
import { demoScenarios } from '#shared/api/demo-scenarios'
import { hrefOfIncident, hrefOfOverview, hrefOfStory } from '../state/demo'
import { hrefOfPanel } from '../state/metrics-location'
import { guideAt, type GuideStep, type Shown, stepsOf } from './guide-step'

const demo: DemoSource = {
  kind: 'local',
  begunBy: 'page',
  id: 'demo:healthy:1',
  name: 'Demo shop',
  lasts: 'run',
  demo: { scenario: 'healthy', seed: 1 },
  startMs: 0,
  endMs: 1,
  capabilities: capabilitiesOf('local'),
}

const pool: DemoSource = {
  ...demo,
  id: 'demo:pool-exhaustion:1',
  demo: { scenario: 'pool-exhaustion', seed: 1 },
}
const isPool = 'source=demo%3Apool-exhaustion%3A1'
const ofPool = `/trace?${isPool}&id=1`

const ofRun = (scenario: string): DemoSource => ({
  ...demo,
  id: `demo:${scenario}:1`,
  demo: { scenario, seed: 1 },
})

const findingsOf = {
  working: { kinds: undefined, selected: [] },
  none: { kinds: [], selected: [] },
  some: { kinds: ['wait', 'error'], selected: [] },
  selected: { kinds: ['wait'], selected: ['wait'] },
} as const

function at(run: DemoSource, place: string, findings?: keyof typeof findingsOf, shown: Shown = {}) {
  const [path, search = ''] = place.split('?')
  return guideAt(path, search, run, { findings: findings && findingsOf[findings], ...shown })
}

test.each<[place: string, shown: keyof typeof findingsOf | undefined, step: GuideStep | undefined]>([
  ['/', undefined, undefined],
  ['/connections', undefined, undefined],
  [hrefOfIncident(pool), undefined, 'Request'],
  [hrefOfStory(pool), undefined, 'Metric'],
  ['/metrics', undefined, undefined],
  [`/metrics?p=auto:${pool.id}:up`, undefined, undefined],
  [`/logs?${isPool}&query=x`, undefined, 'Lines'],
  ['/logs?source=loki&query=x', undefined, undefined],
  [`/service?${isPool}&service=a`, undefined, 'Cause'],
  ['/service?source=prometheus&service=a', undefined, undefined],
  [ofPool, 'working', 'Request'],
  [ofPool, 'none', 'Request'],
  [ofPool, 'selected', 'Wait'],
  [`${ofPool}&span=2`, 'some', 'Request'],
  [ofPool, undefined, undefined],
  [`/trace?source=tempo&${isPool}&id=1`, 'some', 'Request'],
  ['/trace?id=1', 'some', 'Request'],
  ['/overview', undefined, undefined],
  [`/overview?${isPool}`, undefined, undefined],
  [hrefOfOverview(pool), undefined, 'Cause'],
  ['/trace?source=tempo&id=1', 'some', undefined],
  ['/trace?file=a&id=1', 'some', undefined],
])('at %s, with findings %s, the guide is at step %s', (place, shown, step) => {
  expect(at(pool, place, shown)?.step).toBe(step)
})

test.each(demoScenarios.filter(({ chart, cause }) => chart === undefined && cause?.seenIn === 'moves'))(
  'in $name, which no chart begins, steps lead from the requests to what moved first, and that to the cause',
  ({ name, cause }) => {
    const run = ofRun(name)
    expect(stepsOf(run)).toEqual(['Request', 'Evidence', 'Cause'])
    expect(hrefOfStory(run)).toBe(hrefOfIncident(run))
    expect(at(run, hrefOfIncident(run))?.step).toBe('Request')
    const ofTrace = `/trace?source=${run.id}&id=1`
    expect(at(run, ofTrace, 'some')).toMatchObject({ step: 'Request', finding: 'wait' })
    expect(at(run, ofTrace, 'selected')).toMatchObject({ step: 'Evidence', ways: ['moved'] })
    expect(at(run, ofTrace, 'selected')?.text).not.toContain('waiting')
    for (const place of ['/logs?query=x&', '/service?service=a&'])
      expect(at(run, `${place}source=${run.id}`)).toMatchObject({
        step: 'Evidence',
        requests: 'back',
        ways: ['moved'],
      })
    expect(at(run, hrefOfOverview(run))).toMatchObject({ step: 'Cause', ways: ['thread'] })
    expect(at(run, hrefOfOverview(run))?.text).toContain(cause?.text)
  },
)

test('a chart of what moved leads back to that, and any other chart to nothing', () => {
  const run = ofRun('bad-instance')
  const chart = (id: string) => hrefOfPanel({ view: 'auto', source: id, query: 'up' }, { id }, run)
  expect(at(run, chart(run.id))).toMatchObject({ step: undefined, ways: ['moved'] })
  expect(at(run, chart('prometheus'))).toBeUndefined()
})

test('of clocks that are wrong only a trace tells: the sentence of its clock, and the cause with it', () => {
  const run = ofRun('clock-skew')
  const ofTrace = `/trace?source=${run.id}&id=1`
  expect(at(run, ofTrace, 'some')).toMatchObject({ step: 'Request', finding: undefined, requests: 'back' })
  expect(at(run, ofTrace, 'some')?.text).toContain('clocks agree')
  const findings = { kinds: ['work', 'clock'], selected: [] } as const
  expect(at(run, ofTrace, undefined, { findings })).toMatchObject({ step: 'Request', finding: 'clock' })
  const cause = at(run, ofTrace, undefined, {
    findings: { ...findings, selected: ['clock'] },
    ways: ['lines'],
  })
  expect(cause).toMatchObject({ step: 'Cause', ways: ['thread', 'lines'] })
  expect(cause?.text).toContain('the clock of one machine')
  expect(at(run, hrefOfOverview(run))).toBeUndefined()
})

test('on a good day there are no steps, and nothing leads to what moved', () => {
  expect(stepsOf(demo)).toEqual([])
  expect(at(demo, hrefOfIncident(demo))?.step).toBeUndefined()
  expect(at(demo, '/logs?query=x')?.ways).toEqual([])
  expect(at(demo, hrefOfOverview(demo))).toBeUndefined()
})

test('what moved is spoken of only where something did', () => {
  const place = hrefOfOverview(pool)
  expect(at(pool, place)?.text).not.toContain('below')
  expect(at(pool, place, undefined, { moves: [] })?.text).not.toContain('below')
  expect(at(pool, place, undefined, { moves: ['version'] })?.text).toMatch(
    /^What moved first stands below\. The cause: /,
  )
})

test.each<[scenario: string, there: Shown['ways'], ways: readonly string[]]>([
  ['pool-exhaustion', ['metrics', 'lines', 'peers'], ['lines', 'peers', 'metrics', 'moved']],
  ['n-plus-one', ['lines', 'metrics'], ['moved', 'lines', 'metrics']],
  ['slow-consumer', ['lines', 'link', 'peers'], ['lines', 'peers', 'link', 'moved']],
  ['bad-instance', ['lines', 'metrics'], ['moved', 'lines', 'metrics']],
  ['bad-deploy', [], ['moved']],
  ['healthy', ['lines'], ['lines']],
])('in %s, from a span that leads to %j, the ways are %j', (scenario, there, ways) => {
  const run = ofRun(scenario)
  expect(at(run, `/trace?source=${run.id}&id=1`, 'selected', { ways: there ?? [] })?.ways).toEqual(ways)
})

test('lines lead to the service of one that is chosen', () => {
  expect(at(pool, `/logs?${isPool}&query=x`, undefined, { ways: ['metrics'] })?.ways).toEqual([
    'metrics',
    'moved',
  ])
})

test('of what a service uses, only what it has is spoken of', () => {
  const service = `/service?${isPool}&service=a`
  expect(at(pool, service)?.text).not.toMatch(/pool|queue|full/)
  expect(at(pool, service, undefined, { uses: [] })?.text).not.toMatch(/pool|queue|full/)
  expect(at(pool, service, undefined, { uses: ['queue', 'runtime', 'queue'] })?.text).toContain(
    'What is full: its queues and runtime stand below',
  )
})

test('only the search of the incident is said to show its requests; from any other a button leads back', () => {
  const own = hrefOfIncident(pool)
  expect(at(pool, own)?.text).toContain('one request of the incident')
  expect(at(pool, `${own}&sort=duration.desc&limit=500`)?.text).toContain('one request of the incident')
  const others = ['/traces', own.replace(/operation=[^&]*/, ''), `${own}&errors=1`]
  for (const other of others)
    expect(at(pool, other)).toMatchObject({
      step: undefined,
      requests: 'back',
      text: expect.not.stringContaining('Each dot') as string,
    })
  expect(at(pool, own.replaceAll(isPool, 'source=tempo'))).toBeUndefined()
})

test('the guide speaks of findings only where there are some, and of an incident only where there is one', () => {
  expect(at(pool, ofPool, 'some')).toMatchObject({ finding: 'wait', requests: 'back' })
  expect(at(pool, ofPool, 'some')?.text).toContain('sentences below')
  expect(at(pool, ofPool, 'none')).toMatchObject({ finding: undefined })
  expect(at(pool, ofPool, 'none')?.text).toContain('Nothing stands out in this one: open another')
  expect(at(demo, '/trace?id=1', 'none')?.text).toMatch(/Nothing stands out in this one\.$/)
  expect(at(pool, ofPool, 'working')?.text).not.toMatch(/below|evidence|incident/)
  expect(at(demo, hrefOfIncident(demo))?.text).not.toContain('incident')
})
