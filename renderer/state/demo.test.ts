import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { DemoSource } from '#shared/api/contract'
import { endedDemo } from './demo'

const running: DemoSource = {
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

test('a place that asks a run which is not there tells which one it was', () => {
  expect(endedDemo(['demo:bad-deploy:7'], [running])).toEqual({ scenario: 'bad-deploy', seed: 7 })
  expect(endedDemo(['demo:healthy:1'], [running])).toBeUndefined()
})

test('a place that asks something else, or more, is no ended demo', () => {
  for (const asked of [[], ['tempo'], ['demo:nothing:1'], ['demo:bad-deploy:7', 'tempo']])
    expect(endedDemo(asked, [])).toBeUndefined()
})
