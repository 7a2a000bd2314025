/** The map of 500 services with 2,000 calls between them: laid out, and dragged. */
import type { Locator, Page } from '@playwright/test'
import { jaegerHolding } from '../e2e/search-servers.ts'
import { startServer } from '../e2e/fake-servers.ts'
import { percentile, Samples, type Benchmark } from './measure.ts'
import { addProbes } from './page-probes.ts'
import { withClew, withPage } from './program.ts'
import { framesByDrag } from './scrolling.ts'
import { taskTimes, threadTimes } from './task-times.ts'

const serviceCount = 500
const callCount = 2_000
const options = '[role=listbox][aria-label=Services] [role=option]'

export const map: Benchmark = {
  name: 'map',
  async run({ runs }) {
    const samples = new Samples()
    for (let run = 0; run < runs; run++) {
      console.error(`map: run ${run + 1} of ${runs}`)
      await measureOnce(samples)
    }
    return samples.measurements()
  },
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)

async function measureOnce(samples: Samples): Promise<void> {
  const add = (name: string, goal: number | undefined, value: number): void =>
    samples.add({ name, size: '', unit: 'ms', goal }, value)
  const answeredMs: number[] = []
  const holding = jaegerHolding([], manyCalls())
  const server = await startServer((request, response) => {
    if (request.url?.includes('/dependencies'))
      response.once('finish', () => answeredMs.push(performance.timeOrigin + performance.now()))
    holding(request, response)
  })
  try {
    await withClew(['--connect', `jaeger=${server.url}`], ({ address }) =>
      withPage(async (page) => {
        await addProbes(page)
        await page.goto(address)
        await page.waitForTimeout(1_000)
        let shownMs = 0
        const laidOut = await threadTimes(page, async () => {
          shownMs = await page.evaluate(([selector, count]) => bench.counted('/map', selector, count), [
            options,
            serviceCount,
          ] as const)
        })
        const answered = answeredMs.at(0)
        if (answered === undefined) throw new Error('nobody was asked for calls')
        add('laid out and drawn after the answer', 2_000, shownMs - answered)
        add('the same, processor time of the worker', undefined, sum(laidOut.workers))
        add('the same, processor time of the page', undefined, sum(laidOut.page))
        await page.waitForTimeout(500)
        const addDragged = async (name: string, part = page.locator('canvas').first()): Promise<void> => {
          let frames: readonly number[] = []
          const tasks = await taskTimes(page, async () => {
            frames = await framesByDrag(page, part)
          })
          add(`${name}: frame at the 95th percentile`, 17, percentile(frames, 0.95))
          add(`${name}, processor time of a frame`, undefined, sum(tasks) / frames.length)
        }
        await addDragged('dragged, all of it in view')
        for (let press = 0; press < 8; press++) await page.getByRole('button', { name: 'Zoom in' }).click()
        await clearStart(page)
        await addDragged('dragged, near enough to be read')
        await addDragged('a service dragged there', await serviceInView(page))
      }),
    )
  } finally {
    await server.stop()
  }
}

/** Moves the map until a drag begins on no service: that would move the service. */
async function clearStart(page: Page): Promise<void> {
  const isOnService = (): Promise<boolean> =>
    page
      .locator('canvas')
      .first()
      .evaluate((canvas, selector) => {
        const { x, y } = canvas.getBoundingClientRect()
        return document.elementFromPoint(x + 4, y + 4)?.matches(selector) === true
      }, options)
  // The last zoom is drawn in the next frame.
  await page.waitForTimeout(200)
  while (await isOnService()) {
    await page.keyboard.press('Shift+ArrowDown')
    await page.waitForTimeout(200)
  }
}

/** One that lies whole in the middle of what is seen. */
async function serviceInView(page: Page): Promise<Locator> {
  const name = await page.locator(options).evaluateAll((all) => {
    const [middleX, middleY] = [innerWidth / 2, innerHeight / 2]
    const off = (one: Element): number => {
      const { x, y } = one.getBoundingClientRect()
      return Math.hypot(x - middleX, y - middleY)
    }
    const [nearest] = all.toSorted((one, other) => off(one) - off(other))
    return nearest.getAttribute('data-name')
  })
  return page.locator(`${options}[data-name="${name}"]`)
}

/** Calls in layers, as services have them: most to the next layers, some far, a few back. */
function manyCalls() {
  let seed = 7
  const chance = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const calls = new Map<string, { parent: string; child: string; callCount: number }>()
  const add = (from: number, to: number): void => {
    const [parent, child] = [`service-${from}`, `service-${to}`]
    if (from !== to) calls.set(`${from} ${to}`, { parent, child, callCount: Math.ceil(10 ** (chance() * 5)) })
  }
  for (let service = 1; service < serviceCount; service++) add(Math.floor(service * chance()), service)
  while (calls.size < callCount) {
    const from = Math.floor(serviceCount * chance())
    const to = from + Math.ceil(60 * chance()) * (chance() < 0.05 ? -1 : 1)
    if (to >= 0 && to < serviceCount) add(from, to)
  }
  return [...calls.values()]
}
