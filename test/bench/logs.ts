/** The Logs page: lines read on and on, scrolled through, and followed as they come. */
import type { Page } from '@playwright/test'
import { takeSockets, type ServerSocket } from '../builders/socket-server.ts'
import { incidentLines, streamsOf, type HeldLine } from '../e2e/fake-loki.ts'
import { json, startServer, text, type Answer, type FakeServer } from '../e2e/fake-servers.ts'
import { percentile, Samples, type Benchmark } from './measure.ts'
import { pageMemory } from './page-memory.ts'
import { addProbes } from './page-probes.ts'
import { withClew, withPage } from './program.ts'
import { framesByBar, framesByWheel } from './scrolling.ts'
import { taskTimes } from './task-times.ts'

const lineCount = 100_000
const endMs = 1_793_000_000_000
const linesPerSecond = 5_000
const followedSeconds = 60
const messagesPerSecond = 20

const listed = '[role=treegrid][aria-label="Log lines"]'
const scroller = `${listed} > [role=presentation]`
const query = '{service_name="payment-service"}'

export const logs: Benchmark = {
  name: 'logs',
  async run({ runs }) {
    const samples = new Samples()
    const lines = incidentLines(lineCount, endMs).toReversed()
    for (let run = 0; run < runs; run++) {
      console.error(`logs: run ${run + 1} of ${runs}`)
      await withLoki(lines, (loki) => measureReading(loki, samples))
      await withLoki([], (loki) => measureFollowing(loki, samples))
    }
    return samples.measurements()
  },
}

/** Milliseconds since 1970, in fractions, on the clock of pages as well. */
const nowMs = (): number => performance.timeOrigin + performance.now()

interface Loki {
  readonly url: string
  readonly sockets: readonly ServerSocket[]
  /** When each answer with lines had left. */
  readonly answeredMs: readonly number[]
}

async function measureReading({ url, answeredMs }: Loki, samples: Samples): Promise<void> {
  const add = (name: string, unit: 'ms' | 'MB', goal: number | undefined, value: number): void =>
    samples.add({ name, size: '', unit, goal }, value)
  await withLogsPage(url, async (page) => {
    const memoryBefore = await pageMemory(page)
    const from = endMs - lineCount * 500
    const href = `/logs?query=${encodeURIComponent(query)}&from=${from}&to=${endMs}`
    const askedMs = nowMs()
    const shownMs = await page.evaluate(
      async ([place, list]) => {
        await bench.shown(place, list, ['charge accepted'])
        return performance.timeOrigin + performance.now()
      },
      [href, listed] as const,
    )
    const arrivedMs = answeredMs.at(0)
    if (arrivedMs === undefined) throw new Error('no lines were asked for')
    add('first lines on screen after they were asked for', 'ms', undefined, shownMs - askedMs)
    add('first lines on screen after the answer', 'ms', 500, shownMs - arrivedMs)
    add(
      `${lineCount} lines read, page after page, by scrolling`,
      'ms',
      undefined,
      await page.evaluate(([list, count]) => bench.readOn(list, count), [scroller, lineCount] as const),
    )
    await page.waitForTimeout(1_000)
    const memory = await pageMemory(page)
    if (memory !== undefined && memoryBefore !== undefined)
      add(`memory of ${lineCount} lines, a second later`, 'MB', 200, (memory - memoryBefore) / 1e6)
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('HeapProfiler.collectGarbage')
    await devtools.detach()
    const kept = await pageMemory(page)
    if (kept !== undefined && memoryBefore !== undefined)
      add('the same, once its garbage is collected', 'MB', 200, (kept - memoryBefore) / 1e6)
    const rows = page.locator(scroller)
    await rows.evaluate((list) => list.scrollTo(0, 0))
    const name = 'frame at the 95th percentile, scrolling by'
    add(`${name} wheel`, 'ms', 17, percentile(await framesByWheel(page, rows), 0.95))
    let frames: readonly number[] = []
    const tasks = await taskTimes(page, async () => {
      frames = await framesByBar(page, rows)
    })
    add(`${name} dragging the bar`, 'ms', 17, percentile(frames, 0.95))
    const taskMs = tasks.reduce((sum, one) => sum + one, 0)
    add('the same, processor time of a frame', 'ms', undefined, taskMs / frames.length)
  })
}

async function measureFollowing({ url, sockets }: Loki, samples: Samples): Promise<void> {
  await withLogsPage(url, async (page) => {
    await page.evaluate(
      (place) => globalThis.history.pushState(undefined, '', place),
      `/logs?query=${encodeURIComponent(query)}&from=now-1h&to=now`,
    )
    await page.getByRole('button', { name: 'Follow live' }).click()
    await page.getByText('Live: new lines come in at the top.').waitFor()
    await page.evaluate(() => void bench.frames())
    let sent = 0
    const tasks = await taskTimes(page, async () => {
      sent = await sendLines(sockets)
    })
    const frames = await page.evaluate(() => bench.frames())
    const shownLines = await page.locator(listed).getAttribute('aria-rowcount')
    if (Number(shownLines) < sent * 0.98) throw new Error(`of ${sent} lines ${shownLines} are shown`)
    const name = `${linesPerSecond} lines a second followed for ${followedSeconds} s`
    samples.add({ name: `${name}: longest frame`, size: '', unit: 'ms', goal: 50 }, Math.max(...frames))
    const add = {
      name: `${name}: frame at the 99th percentile`,
      size: '',
      unit: 'ms',
      goal: undefined,
    } as const
    samples.add(add, percentile(frames, 0.99))
    const longest = { name: `${name}: longest task, processor time`, size: '', unit: 'ms', goal: 50 } as const
    samples.add(longest, Math.max(...tasks))
  })
}

/** Sends lines as they would come, but later: those of one message lie two minutes apart, and have their places among all that came before. How many. */
async function sendLines(sockets: readonly ServerSocket[]): Promise<number> {
  const began = performance.now()
  let sent = 0
  for (let message = 0; message < followedSeconds * messagesPerSecond; message++) {
    const dueMs = began + (message * 1_000) / messagesPerSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    const count = linesPerSecond / messagesPerSecond
    sockets.at(-1)?.send(JSON.stringify({ streams: streamsOf(incidentLines(count, Date.now())) }))
    sent += count
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  return sent
}

function withLogsPage(url: string, work: (page: Page) => Promise<void>): Promise<void> {
  return withClew(['--connect', `loki=${url}`], ({ address }) =>
    withPage(async (page) => {
      await addProbes(page)
      await page.goto(address)
      // The page's code has been fetched.
      await page.evaluate(() => bench.shown('/logs', 'main', ['Begin with one service_name']))
      await work(page)
    }),
  )
}

/** A Loki that holds these lines, the newest first; it does nothing that could keep a measurement waiting. */
async function withLoki(lines: readonly HeldLine[], work: (loki: Loki) => Promise<void>): Promise<void> {
  const sockets: ServerSocket[] = []
  const answeredMs: number[] = []
  const loki: FakeServer = await startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any')
    if (pathname === queryPath && !searchParams.has('step'))
      response.once('finish', () => answeredMs.push(nowMs()))
    answerTo(pathname, searchParams, lines)(request, response)
  })
  takeSockets(loki.server, (socket) => sockets.push(socket))
  try {
    await work({ url: loki.url, sockets, answeredMs })
  } finally {
    await loki.stop()
  }
}

const queryPath = '/loki/api/v1/query_range'

const success = (data: unknown): Answer => json({ status: 'success', data })

function answerTo(path: string, params: URLSearchParams, lines: readonly HeldLine[]): Answer {
  if (path === '/loki/api/v1/status/buildinfo') return json({ version: '3.7.0', revision: '' })
  if (path === '/loki/api/v1/labels') return success(['k8s_pod_name', 'service_name'])
  if (path.endsWith('/values')) return success(['payment-service'])
  if (path !== queryPath) return text('404 page not found\n', 404)
  if (params.has('step')) return success({ resultType: 'matrix', result: [] })
  const [start, end] = [BigInt(params.get('start') ?? 0), BigInt(params.get('end') ?? 0)]
  const first = lines.findIndex(({ ns }) => ns < end)
  const page = first < 0 ? [] : lines.slice(first, first + Number(params.get('limit')))
  return success({ resultType: 'streams', result: streamsOf(page.filter(({ ns }) => ns >= start)) })
}
