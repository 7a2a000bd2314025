import { expect, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import type { Step } from '#shared/thread/thread'
import { questionOf } from './gather-question'

const all = ['Jaeger', 'Tempo', 'Prometheus'].map((name) => ({ id: name.toLowerCase(), name }) as Source)

const asked = (place: string, sources: readonly string[]): readonly string[] =>
  questionOf({ place, sources, atMs: 0 } as unknown as Step, all).sources.map(({ name }) => name)

test('a step is asked of the sources that its address names, or else of those it told of', () => {
  expect(asked('/trace?id=1&source=tempo', ['Jaeger'])).toEqual(['Tempo'])
  expect(asked('/metrics?p=lines:prometheus:up', [])).toEqual(['Prometheus'])
  expect(asked('/trace?id=1', ['Jaeger'])).toEqual(['Jaeger'])
})

test('one that names none is asked of all; one whose sources or files are not there any more of none', () => {
  expect(asked('/trace?id=1', [])).toEqual(['Jaeger', 'Tempo', 'Prometheus'])
  expect(asked('/metrics?p=lines::up', [])).toEqual(['Jaeger', 'Tempo', 'Prometheus'])
  expect(asked('/trace?id=1&source=zipkin', [])).toEqual([])
  // Of a saved step whose file is still being read: one here has the name of what it was asked of where it was saved.
  expect(asked('/trace?id=1&source=files%3Aabc', ['Jaeger'])).toEqual([])
  expect(asked('/metrics?p=lines:files%253Aabc:up', ['Prometheus'])).toEqual([])
  expect(asked('/trace?file=abc&id=1', ['Jaeger'])).toEqual([])
  expect(asked('/trace?id=1', ['Zipkin'])).toEqual([])
  expect(asked('/trace?file=a', [])).toEqual([])
})
