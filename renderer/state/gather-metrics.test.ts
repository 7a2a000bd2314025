import { expect, test, vi } from 'vitest'
import type { Source } from '#shared/api/contract'
import { GatheredLines } from './gather-lines'
import { GatheredMetrics } from './gather-metrics'
import type { StepQuestion } from './gather-question'

const { signal } = new AbortController()
const source = { id: 'prom', name: 'Prometheus', capabilities: { metrics: true } } as unknown as Source
const series = [{ labels: { __name__: 'up' }, times: [1], values: [1], histograms: [] }]
const rule = (state: string) => ({ group: 'shop', name: 'Slow', query: 'up > 0', state })

const question = (startMs: number) =>
  ({
    step: {},
    path: '/rules',
    params: new URLSearchParams(),
    sources: [source],
    window: { startMs, endMs: startMs + 60_000 },
  }) as unknown as StepQuestion

test('rules that several steps looked at are kept once, as the last one found them', async () => {
  const states = ['inactive', 'firing']
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      Response.json(
        url.includes('/rules')
          ? [rule(states.shift() ?? '')]
          : url.includes('/query')
            ? { series, warnings: [] }
            : [],
      ),
    ),
  )
  const metrics = new GatheredMetrics(signal, new GatheredLines(signal), {})
  await metrics.take(question(0))
  await metrics.take(question(60_000))
  const saved = metrics.files().find(({ path }) => path === 'metrics/rules.json')
  if (!saved) throw new Error('no rules were kept')
  const { rules } = JSON.parse(new TextDecoder().decode(saved.content)) as { rules: readonly object[] }
  expect(rules).toEqual([rule('firing')])
})
