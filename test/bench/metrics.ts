/** Charts of the Metrics page: many series with exemplars, a heatmap, and the crosshair over six charts. */
import type { Page } from '@playwright/test'
import { prometheusAnswers } from '../e2e/fake-prometheus.ts'
import { json, startServer, type Answer, type FakeServer } from '../e2e/fake-servers.ts'
import { percentile, Samples, type Benchmark } from './measure.ts'
import { addProbes } from './page-probes.ts'
import { withClew, withPage } from './program.ts'
import { framesByPointer } from './scrolling.ts'
import { taskTimes } from './task-times.ts'

const startMs = 1_793_000_000_000
const stepSeconds = 15
const seriesCount = 200
const pointCount = 1_000
const exemplarCount = 2_000
const bucketCount = 60
const columnCount = 400
const panelCount = 6

const manySeries = 'histogram_quantile(0.9, sum by (le, route) (rate(bench_seconds_bucket[1m])))'
const heatmap = 'sum by (le) (rate(bench_heat_bucket[1m]))'

export const metrics: Benchmark = {
  name: 'metrics',
  async run({ runs }) {
    const samples = new Samples()
    for (let run = 0; run < runs; run++) {
      console.error(`metrics: run ${run + 1} of ${runs}`)
      await measureOnce(samples)
    }
    return samples.measurements()
  },
}

async function measureOnce(samples: Samples): Promise<void> {
  const add = (name: string, goal: number | undefined, value: number): void =>
    samples.add({ name, size: '', unit: 'ms', goal }, value)
  /** A chart that is gone to: until it is drawn, and what that takes the page with all that leads to it. */
  const addDrawn = async (
    page: Page,
    name: string,
    goal: number,
    href: string,
    said: readonly string[],
  ): Promise<void> => {
    let ms = 0
    const tasks = await taskTimes(page, async () => {
      ms = await drawn(page, href, said)
    })
    add(`${name}: drawn after arrival`, goal, ms)
    add(
      `${name}: from the click on, processor time`,
      undefined,
      tasks.reduce((sum, one) => sum + one, 0),
    )
  }
  const server = await startServer(answers)
  try {
    await withClew(['--connect', `prometheus=${server.url}`], ({ address }) =>
      withPage(async (page) => {
        // A point every other pixel.
        await page.setViewportSize({ width: 2560, height: 1200 })
        await addProbes(page)
        await page.goto(address)
        // What a chart is made of has been fetched.
        await shown(page, placeOf(pointCount, 'lines::up'), ['2 lines, values'])
        // The editor comes after the first chart, and would be counted with the second.
        await page.locator('.monaco-editor').waitFor()
        await page.waitForTimeout(1_000)
        await addDrawn(
          page,
          `${seriesCount} series × ${pointCount} points, ${exemplarCount} exemplars`,
          100,
          placeOf(pointCount, `lines::${manySeries}`),
          [`${seriesCount} lines, values`, ' of 2'],
        )
        checkAsked(server, manySeries, pointCount)
        await page.setViewportSize({ width: 1000, height: 900 })
        await shown(page, placeOf(columnCount, 'lines::up'), ['2 lines, values'])
        await addDrawn(
          page,
          `a heatmap of ${bucketCount} × ${columnCount}`,
          50,
          placeOf(columnCount, `heatmap::${heatmap}`),
          [`Heatmap of ${bucketCount} buckets`],
        )
        checkAsked(server, heatmap, columnCount)
        await page.setViewportSize({ width: 1440, height: 1700 })
        const panels = Array.from({ length: panelCount }, (_, at) => `lines::crosshair_${at}`)
        await shown(page, placeOf(columnCount, ...panels), ['2 lines, values'])
        const plots = page.locator('.u-over')
        await page.waitForFunction(
          (count) => document.querySelectorAll('.u-over').length === count,
          panelCount,
        )
        const frames = await framesByPointer(page, plots.first())
        add(
          `the crosshair over ${panelCount} charts: frame at the 95th percentile`,
          17,
          percentile(frames, 0.95),
        )
      }),
    )
  } finally {
    await server.stop()
  }
}

/** The Metrics page with these charts, over so many steps. */
function placeOf(points: number, ...panels: readonly string[]): string {
  const endMs = startMs + (points - 1) * stepSeconds * 1_000
  const params = new URLSearchParams({ from: String(startMs), to: String(endMs) })
  for (const panel of panels) params.append('p', panel)
  return `/metrics?${params}`
}

const shown = (page: Page, href: string, said: readonly string[]): Promise<number> =>
  page.evaluate(([place, texts]) => bench.shown(place, 'figure', texts), [href, said] as const)

const drawn = (page: Page, href: string, said: readonly string[]): Promise<number> =>
  page.evaluate(([place, texts]) => bench.drawn(place, 'figure', texts), [href, said] as const)

/** A Prometheus with the two questions that are measured; any other is answered as in the tests of the page. */
const answers: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://prometheus.test')
  const query = searchParams.get('query') ?? ''
  const answer = (): Answer => {
    if (pathname === '/api/v1/query_range' && query === manySeries)
      return success({ resultType: 'matrix', result: lines(timesOf(searchParams)) })
    if (pathname === '/api/v1/query_range' && query === heatmap)
      return success({ resultType: 'matrix', result: buckets(timesOf(searchParams)) })
    if (pathname === '/api/v1/query_exemplars' && query.includes('bench_seconds_bucket'))
      return success([{ seriesLabels: { __name__: 'bench_seconds_bucket', le: '+Inf' }, exemplars }])
    if (pathname === '/api/v1/query_exemplars') return success([])
    return prometheusAnswers
  }
  answer()(request, response)
}

const success = (data: unknown): Answer => json({ status: 'success', data })

function timesOf(params: URLSearchParams): readonly number[] {
  const [start, end, step] = ['start', 'end', 'step'].map((name) => Number(params.get(name)))
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, at) => start + at * step)
}

/** Other than as many points as are to be measured would measure something else. */
function checkAsked({ asked }: FakeServer, query: string, count: number): void {
  const last = asked
    .map(({ path }) => new URL(path, 'http://prometheus.test'))
    .findLast(
      ({ pathname, searchParams }) =>
        pathname.endsWith('/query_range') && searchParams.get('query') === query,
    )
  const points = last ? timesOf(last.searchParams).length : 0
  if (Math.abs(points - count) > 1) throw new Error(`${points} points were asked for, not ${count}`)
}

const wave = (at: number, series: number): number =>
  0.2 + 0.15 * Math.sin(at / 40 + series) + (series % 10) / 40 + ((at * 7 + series * 13) % 17) / 500

const lines = (times: readonly number[]) =>
  Array.from({ length: seriesCount }, (_, series) => ({
    metric: { route: `/route/${series}` },
    values: times.map((time, at) => [time, wave(at, series).toFixed(6)]),
  }))

const buckets = (times: readonly number[]) =>
  Array.from({ length: bucketCount }, (_, bucket) => ({
    metric: { le: bucket === bucketCount - 1 ? '+Inf' : (0.001 * 1.2 ** bucket).toPrecision(6) },
    values: times.map((time, at) => [time, String((bucket + 1) * 4 + ((at * (bucket % 5)) % 9) / 10)]),
  }))

const exemplars = Array.from({ length: exemplarCount }, (_, at) => ({
  labels: { trace_id: at.toString(16).padStart(32, 'a'), span_id: at.toString(16).padStart(16, 'b') },
  value: wave(at, at % seriesCount).toFixed(6),
  timestamp: startMs / 1_000 + (at * pointCount * stepSeconds) / exemplarCount,
}))
