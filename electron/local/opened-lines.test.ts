import { expect, test } from 'vitest'
import type { Labels } from '#shared/api/logs'
import { readAnswer } from '#shared/logs/read-lines'
import { labelsText } from '#shared/query/promql/labels'
import { labelOfAll, openedLines } from './opened-lines.ts'

function openedOf(all: readonly Labels[]) {
  const result = all.map((stream) => ({ stream, values: [['1793000000000000000', 'a']] }))
  const { batch } = readAnswer({ data: { resultType: 'streams', result } }, 'oldest')
  return openedLines(batch).streams
}

const streamsOf = (...all: readonly Labels[]): readonly string[] =>
  openedOf(all).map(({ labels }) => labelsText(labels))

test('streams that name their services in several ways, or not, are given one that all have', () => {
  expect(streamsOf({ app: 'a' }, { filename: 'b.log' }, { service_name: 'c', job: 'd' }).toSorted()).toEqual([
    '{app="a", service_name="a"}',
    '{filename="b.log", service_name="unknown_service"}',
    '{job="d", service_name="c"}',
  ])
})

test('streams of one hand stay as they are', () => {
  expect(streamsOf({ app: 'a' }, { app: 'b', pod: 'c' })).toEqual(['{app="a"}', '{app="b", pod="c"}'])
  expect(streamsOf({ filename: 'a.log' }, { filename: 'b.log' })).toEqual([
    '{filename="a.log"}',
    '{filename="b.log"}',
  ])
})

test.each<[all: readonly Labels[], label: string]>([
  [[{ app: 'a' }, { filename: 'b.log' }], 'service_name'],
  [[{ app: 'a' }, { app: 'b', pod: 'c' }], 'app'],
  [[{ pod: 'a' }, { zone: 'b', pod: 'c' }], 'pod'],
  [[{ pod: 'a' }, { zone: 'b' }], ''],
  [[{ 'a b': 'c' }], ''],
  [[], ''],
])('all lines are asked for by a label that all have: %j', (all, label) => {
  expect(labelOfAll(openedOf(all))).toBe(label)
})
