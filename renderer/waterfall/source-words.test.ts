import { expect, test } from 'vitest'
import type { Problem } from '#shared/trace/table'
import { fromAtLength, fromInWords } from './source-words'

const held = (name: string) => ({ name, format: 'Jaeger JSON', spans: 3, error: undefined })
const absent = (name: string) => ({
  ...held(name),
  spans: 0,
  error: {
    kind: 'not-found' as const,
    message: '',
    detail: undefined,
    advice: '',
    status: 404,
  },
})
const merged: Problem = {
  kind: 'merged',
  message: '4 spans came more than once and are shown once.',
  count: 4,
  rows: [],
}

test('a trace from one of three says where it is not, in the same breath', () => {
  const inputs = [absent('Jaeger'), held('Tempo'), absent('Zipkin')]
  expect(fromInWords(inputs)).toBe('Tempo, not in Jaeger, Zipkin')
  expect(fromAtLength(inputs, [])).toBe(
    'Tempo: Jaeger JSON\nJaeger does not hold this trace.\nZipkin does not hold this trace.',
  )
})

test('spans that came twice are said where they came from', () => {
  expect(fromInWords([held('Tempo'), held('Jaeger')])).toBe('Tempo and Jaeger, merged')
  expect(fromAtLength([held('dump.json')], [merged])).toContain('shown once')
  expect(fromInWords([])).toBe('')
})
