import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Page } from '@playwright/test'
import { jaegerJson } from '../builders/generate-trace.ts'
import { percentile, Samples, type Benchmark } from './measure.ts'
import { firstRowsAfterDrop, findIsAnswered, prepareFile, selectionIsShown } from './page-probes.ts'
import { withClew, withFolder, withPage } from './program.ts'

const spanCount = 10_000

/** A Jaeger file of 10,000 spans: from drop to first rows, then finding, selecting and scrolling in it. */
export const traceFile: Benchmark = {
  name: 'trace-file',
  run: (runs) =>
    withFolder(async (folder) => {
      const file = join(folder, 'trace.json')
      await pipeline(Readable.from(jaegerJson({ spanCount, seed: 1 })), createWriteStream(file))
      const samples = new Samples()
      for (let run = 0; run < runs; run++)
        await withClew(({ address }) =>
          withPage(async (page) => {
            await page.goto(address)
            await page.getByRole('main').waitFor()
            await measureTrace(page, file, samples)
          }),
        )
      return samples.measurements()
    }),
}

async function measureTrace(page: Page, file: string, samples: Samples): Promise<void> {
  await prepareFile(page, file)
  samples.add('10k spans: drop to first rows', 'ms', 500, await page.evaluate(firstRowsAfterDrop))
  await page.getByRole('search').getByRole('searchbox', { name: 'Find in trace' }).waitFor()
  // What arrives late (the detail panel's code, say) is not what a second selection waits for.
  await page.evaluate(selectionIsShown, 1)
  for (const text of ['user-4711', 'kafka'])
    samples.add('10k spans: find', 'ms', 100, await page.evaluate(findIsAnswered, text))
  await page.evaluate(findIsAnswered, '')
  for (const at of [3, 7, 5])
    samples.add('10k spans: selection shown', 'ms', 50, await page.evaluate(selectionIsShown, at))

  const frames = await framesWhileScrolling(page)
  samples.add('10k spans: scrolling, frame at the 95th percentile', 'ms', 17, percentile(frames, 0.95))
  const seconds = frames.reduce((sum, ms) => sum + ms, 0) / 1000
  samples.add('10k spans: scrolling', 'frames/s', 59, frames.length / seconds)
}

/** Lengths of the frames, ms, while Chromium itself turns the wheel over the rows for two seconds. */
async function framesWhileScrolling(page: Page): Promise<readonly number[]> {
  const grid = await page.getByRole('treegrid', { name: 'Spans' }).boundingBox()
  if (!grid) throw new Error('there are no rows to scroll')
  await page.evaluate(() => {
    const frames: number[] = []
    let last = performance.now()
    const next = (now: number): void => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    Object.assign(globalThis, { benchFrames: frames })
  })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.synthesizeScrollGesture', {
    x: grid.x + grid.width / 2,
    y: grid.y + grid.height / 2,
    yDistance: -8000,
    speed: 4000,
    gestureSourceType: 'mouse',
  })
  const frames = await page.evaluate(() => (globalThis as unknown as { benchFrames: number[] }).benchFrames)
  // The first frame began before the wheel turned.
  return frames.slice(1)
}
