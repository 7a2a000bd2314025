import { expect, test } from 'vitest'
import { seriesNames } from './series-names'

test('alone, a series is called by all its labels', () => {
  expect(seriesNames([{ __name__: 'up', job: 'shop' }])).toEqual(['up{job="shop"}'])
  expect(seriesNames([{}])).toEqual(['value'])
})

test('one of several is called by what tells it from the others', () => {
  expect(
    seriesNames([
      { __name__: 'x', job: 'shop', pod: 'a' },
      { __name__: 'x', job: 'shop', pod: 'b' },
      { __name__: 'x', job: 'shop' },
    ]),
  ).toEqual(['a', 'b', 'x{job="shop"}'])
  expect(
    seriesNames([
      { __name__: 'x', pod: 'a' },
      { __name__: 'y', pod: 'b' },
    ]),
  ).toEqual(['x, pod=a', 'y, pod=b'])
})

test('a value of a megabyte is cut', () => {
  const [name] = seriesNames([{ a: 'v'.repeat(1e6) }, { a: 'w' }])
  expect(name.length).toBeLessThan(200)
})

test('a label that is called like something every object has is only where it is', () => {
  expect(seriesNames([{ job: 'a', constructor: 'c' }, { job: 'b' }])).toEqual([
    'job=a, constructor=c',
    'job=b',
  ])
})
