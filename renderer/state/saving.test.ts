import { expect, test } from 'vitest'
import { jsonFile } from './gathered-file'
import { slotsWithin } from './saving'

test('of the colours of services those go along whose names stand in what is saved, and no others', async () => {
  const slots = new Map([
    ['payment', 4],
    ['my "own" shop', 7],
    ['somebody-elses', 2],
    ['pay', 5],
  ])
  const files = [
    jsonFile('traces/a.json', {
      key: 'service.name',
      value: { stringValue: 'payment' },
      said: 'a \\"pay\\"',
    }),
    jsonFile('metrics/series.json', [{ metric: { job: 'my "own" shop' } }]),
  ]
  expect(await slotsWithin(slots, files)).toEqual(
    new Map([
      ['payment', 4],
      ['my "own" shop', 7],
    ]),
  )
})
