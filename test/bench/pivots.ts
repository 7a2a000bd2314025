/** Pivots: from a span to its lines, and from a line to its trace; and what it costs to find out what a source calls things. */
import type { Page } from '@playwright/test'
import { lokiWith } from '../e2e/fake-loki.ts'
import { prometheusAnswers } from '../e2e/fake-prometheus.ts'
import { startServer, type Answer } from '../e2e/fake-servers.ts'
import { tempoWith, type HeldTrace } from '../e2e/search-servers.ts'
import { Samples, type Benchmark } from './measure.ts'
import { addProbes } from './page-probes.ts'
import { withClew, withPage } from './program.ts'
import { taskTimes } from './task-times.ts'

/** How long each server thinks: a local one is faster, one across the world is not. */
const thinkMs = 60
/** Facts may take five seconds. */
const learningMs = 6_000
const startMs = Date.now() - 600_000
const trace: HeldTrace = {
  id: '4be1f0c2a7d94c1e8b03d5c6f2119a7e',
  startMs,
  durationMs: 4_800,
  service: 'order-service',
  name: 'POST /orders',
}
/** What another line leads to: a trace that was opened already is not asked for again. */
const other: HeldTrace = { ...trace, id: '9c1e0d4f6b2a4c7d8e9fa0b1c2d3e4f5', service: 'payment-service' }
/** Of its root, as the fake Tempo numbers spans. */
const rootSpan = 'd5c6f2119a7e0001'
const lines = Array.from({ length: 200 }, (_, at) => ({
  ns: BigInt(startMs + at * 20) * 1_000_000n,
  labels: { service_name: 'order-service' },
  text: `connection pool exhausted, waited ${at}ms for available connection`,
  metadata: { trace_id: trace.id, span_id: rootSpan },
}))
const otherLine = {
  ...lines[0],
  labels: { service_name: 'payment-service' },
  metadata: { trace_id: other.id },
}

export const pivots: Benchmark = {
  name: 'pivots',
  async run({ runs }) {
    const samples = new Samples()
    for (let run = 0; run < runs; run++) {
      console.error(`pivots: run ${run + 1} of ${runs}`)
      await measureOnce(samples)
    }
    return samples.measurements()
  },
}

/** Milliseconds since 1970, in fractions, on the clock of pages as well. */
const now = (): number => performance.timeOrigin + performance.now()

/** A server that takes its time, and remembers when it was done with what it was asked. */
async function startSlowly(answer: Answer) {
  const done: { readonly path: string; readonly askedMs: number; readonly answeredMs: number }[] = []
  const server = await startServer((request, response) => {
    const askedMs = now()
    response.once('finish', () => done.push({ path: request.url ?? '', askedMs, answeredMs: now() }))
    setTimeout(() => answer(request, response), thinkMs)
  })
  return { server, done }
}

async function measureOnce(samples: Samples): Promise<void> {
  const loki = await startSlowly(lokiWith([...lines, otherLine]))
  const tempo = await startSlowly(tempoWith([trace, other]))
  const prometheus = await startSlowly(prometheusAnswers)
  const servers = { loki, tempo, prometheus }
  const connections = Object.entries(servers).flatMap(([kind, { server }]) => [
    '--connect',
    `${kind}=${server.url}`,
  ])
  try {
    await withClew(connections, ({ address }) =>
      withPage(async (page) => {
        await addProbes(page)
        await page.goto(address)
        // Sources are learned in the background from the start on.
        await page.waitForTimeout(learningMs)
        for (const [kind, { done }] of Object.entries(servers)) addFacts(samples, kind, done)
        await page.evaluate(
          (href) => globalThis.history.pushState(undefined, '', href),
          `/trace?id=${trace.id}&span=${rootSpan}`,
        )
        await page.getByRole('button', { name: /^Logs of this span/ }).waitFor()
        await page.waitForTimeout(3_000)
        await measurePivot(
          page,
          samples,
          'a span to its lines',
          'l',
          '[role=treegrid][aria-label="Log lines"] [role=row]',
          loki.done,
        )
        await page.evaluate(
          (href) => globalThis.history.pushState(undefined, '', href),
          `/logs?query=${encodeURIComponent('{service_name="payment-service"}')}&from=${startMs - 1_000}&to=${startMs + 60_000}`,
        )
        await page.locator('[role=treegrid][aria-label="Log lines"] [role=row]').first().click()
        await page.waitForTimeout(1_000)
        await measurePivot(
          page,
          samples,
          'a line to its trace',
          't',
          '[role=treegrid][aria-label=Spans] [role=row][aria-level]',
          tempo.done,
        )
      }),
    )
  } finally {
    for (const { server } of Object.values(servers)) await server.stop()
  }
}

type Done = Awaited<ReturnType<typeof startSlowly>>['done']

function addFacts(samples: Samples, kind: string, done: Done): void {
  const asked = done.filter(({ path }) => !/\/(ready|buildinfo|status)/.test(path))
  samples.add({ name: `facts of a source, requests: ${kind}`, size: '', unit: '×', goal: 20 }, asked.length)
  const tookMs =
    asked.length === 0
      ? 0
      : Math.max(...asked.map(({ answeredMs }) => answeredMs)) -
        Math.min(...asked.map(({ askedMs }) => askedMs))
  samples.add(
    { name: `facts of a source, from first to last: ${kind}`, size: '', unit: 'ms', goal: 5_000 },
    tookMs,
  )
}

/** What a page shows while it works: a bar, the rungs of a ladder, or something that says it is busy. */
const working = '[role=progressbar], [aria-busy=true], [aria-label*=racing], [role=status]'

async function measurePivot(
  page: Page,
  samples: Samples,
  name: string,
  key: string,
  rows: string,
  done: Done,
): Promise<void> {
  const add = (what: string, goal: number | undefined, value: number): void =>
    samples.add({ name: `from ${name}: ${what}`, size: '', unit: 'ms', goal }, value)
  const known = done.length
  let [workingMs, shownMs] = [0, 0]
  const tasks = await taskTimes(page, async () => {
    workingMs = await page.evaluate(([pressed, selector]) => bench.answersKey(pressed, selector), [
      key,
      working,
    ] as const)
    shownMs = await page.evaluate((selector) => bench.some(selector), rows)
  })
  const last = done.slice(known).at(-1)
  if (!last) throw new Error(`${name}: nobody was asked`)
  add('shows that it is working', 50, workingMs)
  add('shown after the answer', 300, shownMs - last.answeredMs)
  add(
    'processor time of all that',
    undefined,
    tasks.reduce((sum, one) => sum + one, 0),
  )
}
