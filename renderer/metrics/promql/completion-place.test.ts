import { expect, test } from 'vitest'
import { completionPlace } from './completion-place'

/** The cursor is drawn as `^`. */
const at = (drawn: string) => completionPlace(drawn.replace('^', ''), drawn.indexOf('^'))

test.each([
  ['^', { kind: 'expression', from: 0, word: '' }],
  ['rate(http_req^', { kind: 'expression', from: 5, word: 'http_req' }],
  ['up{^', { kind: 'label', from: 3, metric: 'up' }],
  ['up{jo^}', { kind: 'label', from: 3, metric: 'up' }],
  ['up{job="a,b", in^', { kind: 'label', from: 14, metric: 'up' }],
  ['up{job ^', { kind: 'comparison', from: 7 }],
  ['up{job=^', { kind: 'value', from: 7, metric: 'up', label: 'job', isQuoted: false }],
  ['rate(up{job="sh^"}[5m])', { kind: 'value', from: 12, metric: 'up', label: 'job', isQuoted: true }],
  ['{job=~"a", env!~"^', { kind: 'value', from: 16, metric: '', label: 'env', isQuoted: true }],
  ['up[^', { kind: 'range', from: 3 }],
  ['up[5^]', { kind: 'range', from: 3 }],
  ['sum by (^) (rate(a_total{x="b_c"}[5m]))', { kind: 'grouping', from: 8, metrics: ['a_total'] }],
  ['sum by (job, in^', { kind: 'grouping', from: 13, metrics: [] }],
  ['up > 5^', { kind: 'none' }],
  ['up offset 5m^', { kind: 'none' }],
  ['# up^', { kind: 'none' }],
  ['label_replace(up, "^', { kind: 'none' }],
])('%s', (drawn, place) => {
  expect(at(drawn)).toEqual(place)
})
