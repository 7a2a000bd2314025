import { expect, test } from 'vitest'
import { readingsOfCut } from './cut-json'

const whole =
  '{"data":{"type":"streams","result":[{"stream":{"a":"]}\\""},"values":[["1","x"],["2","y",{"m":{"k":"v"}}]]},{"stream":{"b":"c"},"values":[]}]}}'

test('wherever JSON ends, it is read as what was whole until then, the longest first', () => {
  for (let length = 0; length < whole.length; length += 1) {
    const lengths = [...readingsOfCut(whole.slice(0, length))].map((text) => {
      expect(() => JSON.parse(text)).not.toThrow()
      return text.length
    })
    expect(lengths.length > 0).toBe(length >= whole.indexOf('},"values') + 1)
  }
  expect([...readingsOfCut(whole.slice(0, whole.indexOf('"v"')))]).toEqual([
    '{"data":{"type":"streams","result":[{"stream":{"a":"]}\\""},"values":[["1","x"]]}]}}',
    '{"data":{"type":"streams","result":[{"stream":{"a":"]}\\""}}]}}',
  ])
})

test('what is no JSON has no reading', () => {
  expect([...readingsOfCut('[1}')]).toEqual([])
  expect([...readingsOfCut('<html>')]).toEqual([])
})
