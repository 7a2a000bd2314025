import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoSource } from '#shared/api/contract'
import { guideStepOf } from './guide-step'

const demo: DemoSource = {
  kind: 'local',
  id: 'demo:healthy:1',
  name: 'Demo shop',
  lasts: 'run',
  demo: { scenario: 'healthy', seed: 1 },
  startMs: 0,
  endMs: 1,
  capabilities: capabilitiesOf('local'),
}

test.each<[place: string, step: number | undefined]>([
  ['/', undefined],
  ['/connections', undefined],
  ['/traces', 0],
  ['/trace?source=demo%3Ahealthy%3A1&id=1', 1],
  ['/trace?source=tempo&source=demo%3Ahealthy%3A1&id=1', 1],
  ['/trace?id=1', 1],
  ['/trace?source=demo%3Ahealthy%3A1&id=1&span=2', 2],
  ['/trace?source=tempo&id=1', undefined],
  ['/trace?file=a&id=1', undefined],
])('at %s the guide is at step %s', (place, step) => {
  const [path, search = ''] = place.split('?')
  expect(guideStepOf(path, search, demo)).toBe(step)
})
