import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoSource } from '#shared/api/contract'
import { demoScenarios } from '#shared/api/demo-scenarios'
import { hrefOfIncident, hrefOfStory } from '../state/demo'
import { guideAt, type Shown } from './guide-step'

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

function at(run: DemoSource, place: string, findings?: Shown['findings'], shown: Shown = {}) {
  const [path, search = ''] = place.split('?')
  return guideAt(path, search, run, { findings, ...shown })
}

test.each<[place: string, shown: Shown['findings'], step: number | undefined]>([
  ['/', undefined, undefined],
  ['/connections', undefined, undefined],
  [hrefOfIncident(pool), undefined, 1],
  [hrefOfStory(pool), undefined, 0],
  ['/metrics', undefined, undefined],
  [`/metrics?p=auto:${pool.id}:up`, undefined, undefined],
  [`/logs?${isPool}&query=x`, undefined, 3],
  ['/logs?source=loki&query=x', undefined, undefined],
  [`/service?${isPool}&service=a`, undefined, 4],
  ['/service?source=prometheus&service=a', undefined, undefined],
  [ofPool, 'working', 1],
  [ofPool, 'none', 1],
  [ofPool, 'selected', 2],
  [`${ofPool}&span=2`, 'some', 1],
  [ofPool, undefined, undefined],
  [`/trace?source=tempo&${isPool}&id=1`, 'some', 1],
  ['/trace?id=1', 'some', 1],
  ['/trace?source=tempo&id=1', 'some', undefined],
  ['/trace?file=a&id=1', 'some', undefined],
])('at %s, with findings %s, the guide is at step %s', (place, shown, step) => {
  expect(at(pool, place, shown)?.step).toBe(step)
})

test.each(demoScenarios.filter(({ chart }) => chart === undefined).map(({ name }) => name))(
  'steps of another story are not shown in %s',
  (scenario) => {
    const run = { ...demo, id: `demo:${scenario}:1`, demo: { scenario, seed: 1 } }
    const source = `source=demo%3A${scenario}%3A1`
    expect(hrefOfStory(run)).toBe(hrefOfIncident(run))
    expect(at(run, hrefOfIncident(run))).toMatchObject({ step: undefined })
    expect(at(run, `/trace?${source}&id=1`, 'some')).toMatchObject({ step: undefined, hasFinding: true })
    expect(at(run, `/trace?${source}&id=1`, 'selected')?.text).not.toContain('waiting')
    for (const place of ['/logs?query=x&', '/service?service=a&'])
      expect(at(run, place + source)).toMatchObject({ step: undefined, requests: 'back', ways: ['moved'] })
  },
)

test.each<[scenario: string, there: Shown['ways'], ways: readonly string[]]>([
  ['pool-exhaustion', ['metrics', 'lines', 'peers'], ['lines', 'peers', 'metrics', 'moved']],
  ['n-plus-one', ['lines', 'metrics'], ['moved', 'lines', 'metrics']],
  ['slow-consumer', ['lines', 'link', 'peers'], ['peers', 'lines', 'link', 'moved']],
  ['bad-instance', ['lines', 'metrics'], ['lines', 'metrics', 'moved']],
  ['bad-deploy', [], ['moved']],
])('in %s, from a span that leads to %j, the ways are %j', (scenario, there, ways) => {
  const run = { ...demo, id: `demo:${scenario}:1`, demo: { scenario, seed: 1 } }
  expect(at(run, `/trace?source=${run.id}&id=1`, 'selected', { ways: there ?? [] })?.ways).toEqual(ways)
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
  expect(at(pool, ofPool, 'some')).toMatchObject({ hasFinding: true, requests: 'back' })
  expect(at(pool, ofPool, 'some')?.text).toContain('sentences above')
  expect(at(pool, ofPool, 'none')).toMatchObject({ hasFinding: false })
  expect(at(pool, ofPool, 'none')?.text).toContain('Nothing stands out in this one: open another')
  expect(at(demo, '/trace?id=1', 'none')?.text).toMatch(/Nothing stands out in this one\.$/)
  expect(at(pool, ofPool, 'working')?.text).not.toMatch(/above|evidence|incident/)
  expect(at(demo, hrefOfIncident(demo))?.text).not.toContain('incident')
})
