/** Generated traces of several sizes: opened from a file and from a server, scrolled, searched, folded, selected in. */
import type { Locator, Page } from '@playwright/test'
import { GENERATED_TRACE_ID } from '../builders/generate-trace.ts'
import { measureFloor } from './floor.ts'
import { generatedFile, type GeneratedFile, type GeneratedFormat } from './generated-file.ts'
import { percentile, Samples, type Benchmark, type Measurement } from './measure.ts'
import { pageMemory } from './page-memory.ts'
import { addProbes, type Opening, prepareFile } from './page-probes.ts'
import { withClew, withPage } from './program.ts'
import { framesByBar, framesByWheel } from './scrolling.ts'
import { withTraceServer } from './trace-server.ts'

/** What is asked of each size; ms, and MB over the bytes of the file. */
const sizes = {
  '10k': {
    spanCount: 10_000,
    goals: { firstRows: 250, allIn: 350, memory: 60, findFirst: 30, findAll: 50, rows: 30 },
  },
  '200k': {
    spanCount: 200_000,
    goals: { firstRows: 400, allIn: 1500, memory: 120, findFirst: 60, findAll: 300, rows: 60 },
  },
  '1M': {
    spanCount: 1_000_000,
    goals: { firstRows: 1000, allIn: 6500, memory: 400, findFirst: 200, findAll: 2000, rows: 250 },
  },
} as const
const longestTaskMs = 50
const frameMs = 17
const selectMs = 30

type Size = keyof typeof sizes

const rowsOf = (page: Page): Locator => page.getByRole('treegrid', { name: 'Spans' })

/** In names, in keys (of every span), and in values (of one in two hundred). */
const texts = ['kafka', 'app.cached', 'exec-117']

export const trace: Benchmark = {
  name: 'trace',
  async run(wanted) {
    const samples = new Samples()
    const unknown = wanted.sizes.filter((size) => !(size in sizes))
    if (unknown.length > 0)
      throw new Error(`No size ${unknown.join(', ')}: there are ${Object.keys(sizes).join(', ')}.`)
    const chosen = (Object.keys(sizes) as Size[]).filter(
      (size) => wanted.sizes.length === 0 || wanted.sizes.includes(size),
    )
    for (const size of chosen)
      for (let run = 0; run < wanted.runs; run++) {
        console.error(`${size}: run ${run + 1} of ${wanted.runs}`)
        await measureOnce(size, samples)
      }
    return samples.measurements()
  },
}

async function measureOnce(size: Size, samples: Samples): Promise<void> {
  const { spanCount, goals } = sizes[size]
  const add = (name: string, goal: number | undefined, value: number, unit: Measurement['unit'] = 'ms') =>
    samples.add({ name, size, unit, goal }, value)
  const jaeger = await generatedFile('jaeger.json', spanCount)

  await withTraceServer(jaeger, async (url) => {
    const byServer = await openFromServer(url, spanCount)
    add('first rows from a server', goals.firstRows, byServer.firstRowsMs)
    add('everything in from a server', goals.allIn, byServer.allInMs)
    await withDropped(jaeger, spanCount, async (page, byFile) => {
      add('first rows from a file', goals.firstRows, byFile.firstRowsMs)
      add('everything in from a file', goals.allIn, byFile.allInMs)
      add(
        'longest task of the page while loading',
        longestTaskMs,
        Math.max(byFile.longestTaskMs, byServer.longestTaskMs),
      )
      const memory = await pageMemory(page)
      if (memory !== undefined)
        add('memory over the bytes of the file', goals.memory, (memory - jaeger.bytes) / 1e6, 'MB')
      await measureUse(page, goals, add)
    })
    const floor = await measureFloor(url)
    add('floor: bytes fetched from a server', undefined, floor.fetchedMs)
    add('floor: and each looked at in a worker', undefined, floor.scannedMs)
  })

  const allInOf = async (format: GeneratedFormat): Promise<number> =>
    withDropped(await generatedFile(format, spanCount), spanCount, (_, { allInMs }) =>
      Promise.resolve(allInMs),
    )
  const json = await allInOf('otlp.json')
  const protobuf = await allInOf('otlp.pb')
  add('everything in from a file of OTLP JSON', undefined, json)
  add('everything in from a file of OTLP protobuf', undefined, protobuf)
  add('OTLP protobuf is faster than JSON', undefined, json / protobuf, '×')
}

/** Scrolling, finding, folding and selecting in a trace that is all there. */
async function measureUse(
  page: Page,
  goals: (typeof sizes)[Size]['goals'],
  add: (name: string, goal: number, value: number) => void,
): Promise<void> {
  const name = 'frame at the 95th percentile, scrolling'
  add(`${name} by wheel`, frameMs, percentile(await framesByWheel(page, rowsOf(page)), 0.95))
  add(`${name} by dragging the bar`, frameMs, percentile(await framesByBar(page, rowsOf(page)), 0.95))

  const press = (label: string): Promise<number> => page.evaluate((text) => bench.press(text), label)
  add('fold all', goals.rows, await press('Collapse all'))
  add('unfold all', goals.rows, await press('Expand all'))

  for (const text of texts) {
    const { firstMs, allMs } = await page.evaluate((one) => bench.find(one), text)
    add('find: first matches', goals.findFirst, firstMs)
    add('find: final count', goals.findAll, allMs)
    if (text !== texts.at(-1)) await page.evaluate(() => bench.find(''))
  }
  add('show only matches', goals.rows, await press('Matches only'))
  add('show all again', goals.rows, await press('Matches only'))
  await page.evaluate(() => bench.find(''))

  const select = (place: number): Promise<number> => page.evaluate((at) => bench.select(at), place)
  // What arrives late (the detail panel's code, say) is not what a second selection waits for.
  await select(1)
  for (const place of [3, 7, 5]) add('select: detail shown', selectMs, await select(place))
}

/** Opens a file by dropping it on a new page; `work` has the page with the trace in it. */
async function withDropped<Result>(
  file: GeneratedFile,
  spanCount: number,
  work: (page: Page, opening: Opening) => Promise<Result>,
): Promise<Result> {
  return withClew([], ({ address }) =>
    withPage(async (page) => {
      await openStartPage(page, address)
      await prepareFile(page, file.path)
      return work(page, await page.evaluate((spans) => bench.drop(spans), spanCount))
    }),
  )
}

async function openFromServer(url: string, spanCount: number): Promise<Opening> {
  return withClew(['--connect', `jaeger=${url}`], ({ address }) =>
    withPage(async (page) => {
      await openStartPage(page, address)
      const source = await page.evaluate(async () => {
        const sources = (await (await fetch('/api/sources')).json()) as { readonly id: string }[]
        return sources[0].id
      })
      const href = `/trace?source=${source}&id=${GENERATED_TRACE_ID}`
      return page.evaluate((at) => bench.go(at.spanCount, at.href), { spanCount, href })
    }),
  )
}

async function openStartPage(page: Page, address: string): Promise<void> {
  await addProbes(page)
  await page.goto(address)
  await page.getByRole('main').getByRole('button').first().waitFor()
  // Every span in a row of its own: scrolling through a thousand rows that stand for a million would measure nothing.
  await page.evaluate(async () => {
    const kept = (await (await fetch('/api/preferences')).json()) as object
    const first = { theme: 'system', recent: [], sizes: {}, timeZone: 'local' }
    const body = JSON.stringify({ ...first, ...kept, repeatsFolded: false })
    await fetch('/api/preferences', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    })
  })
  await page.reload()
  await page.getByRole('main').getByRole('button').first().waitFor()
  // A person looks at the page before dropping a file on it; meanwhile it fetches what the trace page is made of.
  await page.waitForLoadState('networkidle')
}
