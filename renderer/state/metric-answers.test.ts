import { expect, test } from 'vitest'
import type { Source } from '#shared/api/contract'
import { capabilitiesOf } from '#shared/api/capabilities'
import { lacksSeries, languageOf } from './metric-answers'

const source = (kind: Source['kind'], metrics: boolean) => ({
  kind,
  capabilities: { ...capabilitiesOf('files'), metrics },
})
const promql = { query: 'sum(rate(requests_total{job="pay"}[5m]))' }
const logql = { query: 'sum(rate({job="pay"} |= "failed" [5m]))' }
const both = { query: 'sum(rate({job="pay"}[5m]))' }

test.each([
  [
    'of files without series a metric is asked for in PromQL, and cannot be had',
    'files',
    false,
    promql,
    'promql',
    true,
  ],
  ['what their lines are counted by stays LogQL', 'files', false, logql, 'logql', false],
  ['and so does what either could mean', 'files', false, both, 'logql', false],
  ['half a query is nothing else', 'files', false, { query: 'sum(' }, 'logql', false],
  ['files with series are asked for them', 'files', true, promql, 'promql', false],
  ['a Loki is asked in its language, whatever is written', 'loki', false, promql, 'logql', false],
  ['what is said to be LogQL is', 'files', false, { ...promql, language: 'logql' }, 'logql', false],
] as const)('%s', (_, kind, metrics, panel, language, isLacking) => {
  expect([languageOf(panel, source(kind, metrics)), lacksSeries(panel, source(kind, metrics))]).toEqual([
    language,
    isLacking,
  ])
})
