/**
 * What is timed inside the page, so that the driver's own messages do not count. Each probe is sent to the page as its source text: it
 * may use nothing from around it.
 */
import type { Page } from '@playwright/test'

/** Lets the page hold a file of the disk, as a person does who is about to drop it. */
export async function prepareFile(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'bench-file'
    input.hidden = true
    document.body.append(input)
  })
  await page.locator('#bench-file').setInputFiles(path)
}

/** Drops the prepared file on the window; milliseconds until rows of it are painted. */
export async function firstRowsAfterDrop(): Promise<number> {
  const input = document.querySelector<HTMLInputElement>('#bench-file')
  const file = input?.files?.[0]
  if (!input || !file) throw new Error('no file was prepared')
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  const before = performance.now()
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const row = document.querySelector('[role=treegrid][aria-label=Spans] [role=row][aria-level]')
      // This callback comes before the frame is painted, the timer's after.
      if (row) setTimeout(() => resolve(performance.now() - before))
      else if (performance.now() - before > 20_000) reject(new Error('no rows within 20 s'))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Types into find; milliseconds until its count is painted and final. Nothing to find: until there is no count. */
export async function findIsAnswered(text: string): Promise<number> {
  const input = document.querySelector<HTMLInputElement>('[role=search] input')
  const status = document.querySelector('[role=search] [role=status]')
  if (!input || !status) throw new Error('there is no find field')
  const shownBefore = status.textContent
  const before = performance.now()
  // React overrides the element's own setter to see what it wrote itself; a person's typing goes past that.
  Reflect.set(HTMLInputElement.prototype, 'value', text, input)
  input.dispatchEvent(new Event('input', { bubbles: true }))
  return new Promise((resolve, reject) => {
    let shown = shownBefore
    let changedAt = 0
    const look = (): void => {
      const now = performance.now()
      if (status.textContent !== shown) {
        shown = status.textContent
        changedAt = now
      }
      const answered = text === '' ? shown === '' : / of /.test(shown ?? '') && changedAt > 0
      // Final is what has not changed for a while; the while does not count.
      if (answered && now - changedAt > 300) resolve((changedAt || before) - before)
      else if (now - before > 20_000) reject(new Error(`find shows "${shown}"`))
      else setTimeout(() => requestAnimationFrame(look))
    }
    requestAnimationFrame(look)
  })
}

/** Clicks the row at a place on the screen; milliseconds until the panel beside it shows its attributes and changes no more. */
export async function selectionIsShown(place: number): Promise<number> {
  const rows = document.querySelectorAll<HTMLElement>(
    '[role=treegrid][aria-label=Spans] [role=row][aria-level]',
  )
  const row = rows[place]
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- all there is in the page is this function's source
  const panel = (): string => document.querySelector('[aria-label="Span details"]')?.textContent ?? ''
  const shownBefore = panel()
  let shown = shownBefore
  const before = performance.now()
  let changedAt = before
  row.querySelector<HTMLElement>('[role=gridcell]:last-child')?.click()
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const now = performance.now()
      if (panel() !== shown) {
        shown = panel()
        changedAt = now
      }
      const isThere =
        shown !== shownBefore && shown.includes('Attributes') && row.getAttribute('aria-selected') === 'true'
      if (isThere && now - changedAt > 200) resolve(changedAt - before)
      else if (now - before > 20_000) reject(new Error('the selection was not shown within 20 s'))
      // The frame's callback comes before it is painted, the timer's after.
      else requestAnimationFrame(() => setTimeout(look))
    }
    look()
  })
}
