/** Scrolling as Chromium itself does it for a wheel and for a scroll bar, and a pointer that moves; lengths of the page's frames meanwhile, ms. */
import type { CDPSession, Locator, Page } from '@playwright/test'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The wheel turns over the rows for two seconds, 8,000 px. */
export async function framesByWheel(page: Page, rows: Locator): Promise<readonly number[]> {
  return framesWhile(page, rows, ({ x, y, width, height }, devtools) =>
    devtools.send('Input.synthesizeScrollGesture', {
      x: x + width / 2,
      y: y + height / 2,
      yDistance: -8000,
      speed: 4000,
      gestureSourceType: 'mouse',
    }),
  )
}

const dragSteps = 120
/** From the end of the scroll bar, past its arrow, to the middle of its thumb. */
const thumbPx = 16

/** The scroll bar is dragged from top to bottom and back to the middle in two seconds: every frame shows rows that were not there. */
export async function framesByBar(page: Page, rows: Locator): Promise<readonly number[]> {
  await rows.evaluate((list) => list.scrollTo(0, 0))
  // The bar is drawn by another thread, which must have heard of it.
  await page.waitForTimeout(500)
  return framesWhile(page, rows, async (box, devtools) => {
    const x = box.x + box.width - 6
    const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', y: number) =>
      devtools.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 })
    const [top, bottom] = [box.y + thumbPx, box.y + box.height - thumbPx]
    await mouse('mouseMoved', top)
    await mouse('mousePressed', top)
    for (let step = 1; step <= dragSteps; step++) {
      const turn = (step / dragSteps) * 1.5
      await mouse('mouseMoved', top + (bottom - top) * (turn < 1 ? turn : 2 - turn))
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
    await mouse('mouseReleased', (top + bottom) / 2)
    const scrolled = await rows.evaluate((list) => list.scrollTop / list.scrollHeight)
    if (scrolled < 0.3 || scrolled > 0.7) throw new Error(`the scroll bar was dragged to ${scrolled}`)
  })
}

/** It is dragged by its left edge to the right and back in two seconds. */
export async function framesByDrag(page: Page, part: Locator): Promise<readonly number[]> {
  return framesWhile(page, part, async ({ x, y, width, height }, devtools) => {
    const mouse = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', share: number) =>
      devtools.send('Input.dispatchMouseEvent', {
        type,
        x: x + 4 + (share * width) / 2,
        y: y + 4 + (share * height) / 4,
        button: 'left',
        buttons: type === 'mouseReleased' ? 0 : 1,
        clickCount: 1,
      })
    await mouse('mousePressed', 0)
    for (let step = 1; step <= dragSteps; step++) {
      const turn = (step / dragSteps) * 2
      await mouse('mouseMoved', turn < 1 ? turn : 2 - turn)
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
    await mouse('mouseReleased', 0)
  })
}

/** The pointer moves over it from left to right and back in two seconds. */
export async function framesByPointer(page: Page, part: Locator): Promise<readonly number[]> {
  return framesWhile(page, part, async ({ x, y, width, height }, devtools) => {
    for (let step = 1; step <= dragSteps; step++) {
      const turn = (step / dragSteps) * 2
      const share = turn < 1 ? turn : 2 - turn
      await devtools.send('Input.dispatchMouseEvent', {
        type: 'mouseMoved',
        x: x + share * (width - 1),
        y: y + height / 2,
      })
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
  })
}

async function framesWhile(
  page: Page,
  part: Locator,
  use: (box: Box, devtools: CDPSession) => Promise<unknown>,
): Promise<readonly number[]> {
  const box = await part.boundingBox()
  if (!box) throw new Error('there is nothing to move over')
  const devtools = await page.context().newCDPSession(page)
  await page.evaluate(() => void bench.frames())
  await use(box, devtools)
  const frames = await page.evaluate(() => bench.frames())
  await devtools.detach()
  return frames
}
