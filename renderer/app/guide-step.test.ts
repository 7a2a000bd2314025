import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoSource } from '#shared/api/contract'
import type { ShownFindings } from '../state/shown-findings'
import { hrefOfIncident, hrefOfStory } from '../state/demo'
import { guideStepOf, guideText } from './guide-step'

const demo: DemoSource = {
  kind: 'local',
  beganByItself: false,
  id: 'demo:healthy:1',
  name: 'Demo shop',
  lasts: 'run',
  demo: { scenario: 'healthy', seed: 1 },
  startMs: 0,
  endMs: 1,
  capabilities: capabilitiesOf('local'),
}

const ofDemo = '/trace?source=demo%3Ahealthy%3A1&id=1'

test.each<[place: string, shown: ShownFindings | undefined, step: number | undefined]>([
  ['/', undefined, undefined],
  ['/connections', undefined, undefined],
  ['/traces', undefined, 1],
  ['/metrics', undefined, undefined],
  ['/metrics?p=auto:demo%3Ahealthy%3A1:up', undefined, undefined],
  ['/logs?source=demo%3Ahealthy%3A1&query=x', undefined, 3],
  ['/logs?source=loki&query=x', undefined, undefined],
  ['/service?source=demo%3Ahealthy%3A1&service=a', undefined, 4],
  ['/service?source=prometheus&service=a', undefined, undefined],
  [ofDemo, 'working', 1],
  [ofDemo, 'none', 1],
  [ofDemo, 'selected', 2],
  [`${ofDemo}&span=2`, 'some', 1],
  [ofDemo, undefined, undefined],
  ['/trace?source=tempo&source=demo%3Ahealthy%3A1&id=1', 'some', 1],
  ['/trace?id=1', 'some', 1],
  ['/trace?source=tempo&id=1', 'some', undefined],
  ['/trace?file=a&id=1', 'some', undefined],
])('at %s, with findings %s, the guide is at step %s', (place, shown, step) => {
  const [path, search = ''] = place.split('?')
  expect(guideStepOf(path, search, demo, shown)).toBe(step)
})

test('the story of the incident that is offered begins at its chart', () => {
  const run = { ...demo, id: 'demo:pool-exhaustion:1', demo: { scenario: 'pool-exhaustion', seed: 1 } }
  const [path, search] = hrefOfStory(run).split('?')
  expect(guideStepOf(path, search, run, undefined)).toBe(0)
  expect(guideStepOf(path, search, demo, undefined)).toBeUndefined()
  expect(hrefOfStory(demo)).toBe(hrefOfIncident(demo))
})

test('the guide speaks of findings only where there are some, and of an incident only where there is one', () => {
  expect(guideText(1, 'pool-exhaustion', 'some')).toContain('sentences above')
  expect(guideText(1, 'healthy', 'none')).toContain('Nothing stands out')
  expect(guideText(1, 'healthy', 'working')).not.toMatch(/above|evidence|incident/)
  expect(guideText(1, 'healthy', undefined)).not.toContain('incident')
})
