/**
 * What is timed inside the page, so that the driver's own messages do not count: from the event to the frame that shows its outcome.
 * The page is given the source text of `probesOfPage`: that may use nothing from around it.
 */
import type { Page } from '@playwright/test'

declare global {
  // eslint-disable-next-line no-var -- only `var` declares a property of globalThis
  var bench: ReturnType<typeof probesOfPage>
}

/** What opening a trace took, ms. */
export interface Opening {
  readonly firstRowsMs: number
  readonly allInMs: number
  /** 0 when none took 50 ms: shorter ones are not told. */
  readonly longestTaskMs: number
}

/** Gives every page that is opened from now on its probes: `globalThis.bench` there. */
export async function addProbes(page: Page): Promise<void> {
  await page.addInitScript(`globalThis.bench = (${String(probesOfPage)})()`)
}

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

/* oxlint-disable unicorn/consistent-function-scoping -- all there is in the page is this function's source */
function probesOfPage() {
  const tasks: PerformanceEntry[] = []
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' })
  performance.setResourceTimingBufferSize(10_000)
  const frames: number[] = []

  const grid = (): Element | null => document.querySelector('[role=treegrid][aria-label=Spans]')
  const rows = (): HTMLElement[] => [
    ...(grid()?.querySelectorAll<HTMLElement>('[role=row][aria-level]') ?? []),
  ]
  const shownRows = (): number => Number(grid()?.getAttribute('aria-rowcount') ?? 1) - 1
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

  /** The moment at which what holds was painted. */
  const painted = async (holds: () => boolean, what: string): Promise<number> => {
    const before = performance.now()
    do {
      if (performance.now() - before > 60_000)
        throw new Error(`${what}: not within a minute. ${document.querySelector('main')?.innerText}`)
      await new Promise(requestAnimationFrame)
    } while (!holds())
    // Here is before the frame that shows it is painted; the next task comes after it, and before timers of the page that wait for the same.
    await scheduler.postTask(() => undefined, { priority: 'user-blocking' })
    return performance.now()
  }

  const says = (selector: string, said: readonly string[]): boolean => {
    const text = [...document.querySelectorAll(selector)].map((one) => one.textContent).join('\n')
    return said.every((part) => text.includes(part))
  }

  /** Spans in the header, once it says they are all. */
  const finalSpans = (): number => {
    const fact = [...document.querySelectorAll('main dt, header dt')].find(
      (term) => term.textContent === 'spans',
    )
    const text = fact?.nextElementSibling?.textContent ?? '+'
    return text.endsWith('+') ? -1 : Number(text.replaceAll(/\D/g, ''))
  }

  const opened = async (spanCount: number, open: () => void): Promise<Opening> => {
    const before = performance.now()
    open()
    const firstRows = await painted(() => rows().length > 0, 'first rows')
    const allIn = await painted(
      () => finalSpans() === spanCount && shownRows() === spanCount,
      'everything in',
    )
    await painted(() => document.querySelector('[aria-label=Findings]') !== null, 'findings')
    await sleep(1_000)
    return {
      firstRowsMs: firstRows - before,
      allInMs: allIn - before,
      longestTaskMs: Math.max(
        0,
        ...tasks.filter((task) => task.startTime >= before).map((task) => task.duration),
      ),
    }
  }

  return {
    /** Drops the prepared file on the window. */
    drop: (spanCount: number) =>
      opened(spanCount, () => {
        const dataTransfer = new DataTransfer()
        for (const file of document.querySelector<HTMLInputElement>('#bench-file')?.files ?? [])
          dataTransfer.items.add(file)
        for (const type of ['dragenter', 'dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
      }),

    /** Goes to a place of the application, as a link in it does. */
    go: (spanCount: number, href: string) =>
      opened(spanCount, () => globalThis.history.pushState(undefined, '', href)),

    /** Goes to a place; ms until all that is said in what the selector finds. */
    async shown(href: string, selector: string, said: readonly string[]): Promise<number> {
      const before = performance.now()
      globalThis.history.pushState(undefined, '', href)
      return (await painted(() => says(selector, said), href)) - before
    },

    /** When there was a first of what the selector finds, milliseconds since 1970. */
    async some(selector: string): Promise<number> {
      return (
        performance.timeOrigin + (await painted(() => document.querySelector(selector) !== null, selector))
      )
    },

    /** Goes to a place; when so many elements were there, milliseconds since 1970. */
    async counted(href: string, selector: string, count: number): Promise<number> {
      globalThis.history.pushState(undefined, '', href)
      const at = await painted(() => document.querySelectorAll(selector).length === count, selector)
      return performance.timeOrigin + at
    },

    /** Presses a key; ms until a frame that differs in what a selector finds, and that there is something of it. */
    async answersKey(key: string, selector: string): Promise<number> {
      const seen = (): string =>
        [...document.querySelectorAll(selector)].map((one) => one.textContent).join('\n')
      const shown = seen()
      const before = performance.now()
      ;(document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      )
      return (await painted(() => seen() !== shown, key)) - before
    },

    /** The same, from the moment the last answer had arrived that was there by then. */
    async drawn(href: string, selector: string, said: readonly string[]): Promise<number> {
      const before = performance.now()
      globalThis.history.pushState(undefined, '', href)
      const at = await painted(() => says(selector, said), href)
      // The browser tells of a request a little after its end.
      await sleep(200)
      const answers = performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
        // An answer comes under its own address, or in turns.
        .filter(({ name }) => /\/metrics\/|\/api\/turns\//.test(name))
        .filter((entry) => entry.startTime >= before && entry.responseEnd < at && entry.decodedBodySize > 0)
      if (answers.length === 0) throw new Error(`${href}: nothing was asked`)
      return at - Math.max(...answers.map((entry) => entry.responseEnd))
    },

    /** Scrolls to the end, again and again, until the list around what scrolls has so many rows; ms. */
    async readOn(selector: string, count: number): Promise<number> {
      const before = performance.now()
      const scroller = document.querySelector<HTMLElement>(selector)
      const isThere = (): boolean => {
        scroller?.scrollTo(0, scroller.scrollHeight)
        return Number(scroller?.parentElement?.getAttribute('aria-rowcount')) >= count
      }
      return (await painted(isThere, `${count} rows`)) - before
    },

    /** Types a text into find, and waits for its first matches and its final count; empties the field for an empty text. */
    async find(text: string): Promise<{ readonly firstMs: number; readonly allMs: number }> {
      const input = document.querySelector<HTMLInputElement>('[role=search] input')
      const status = document.querySelector('[role=search] [role=status]')
      if (!input || !status) throw new Error('there is no find field')
      const isFinal = (): boolean => status.getAttribute('aria-busy') !== 'true'
      const count = (): string => status.textContent ?? ''
      const before = performance.now()
      // React overrides the element's own setter to see what it wrote itself; a person's typing goes past that.
      Reflect.set(HTMLInputElement.prototype, 'value', text, input)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      const isThere = (): boolean => (count() === '') === (text === '')
      const first = await painted(() => isThere() && (isFinal() || /^[1-9]/.test(count())), 'first matches')
      const all = await painted(() => isThere() && isFinal(), 'all matches')
      return { firstMs: first - before, allMs: all - before }
    },

    /** Presses a button by its label; ms until other rows are shown. */
    async press(label: string): Promise<number> {
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent === label)
      if (!button) throw new Error(`there is no button ${label}`)
      const shown = shownRows()
      const before = performance.now()
      button.click()
      return (await painted(() => shownRows() !== shown, label)) - before
    },

    /** Clicks the row at a place on the screen; ms until the panel beside it shows its attributes and changes no more. */
    async select(place: number): Promise<number> {
      const row = rows()[place]
      const panel = (): string => document.querySelector('[aria-label="Span details"]')?.textContent ?? ''
      const shownBefore = panel()
      const before = performance.now()
      row.querySelector<HTMLElement>('[role=gridcell]:last-child')?.click()
      const isThere = (): boolean =>
        panel() !== shownBefore &&
        panel().includes('Attributes') &&
        row.getAttribute('aria-selected') === 'true'
      let at = await painted(isThere, 'selection')
      let shown = panel()
      // What changed in a frame after that counts as well.
      for (let frame = 0; frame < 12; frame++) {
        const next = await painted(isThere, 'selection')
        if (panel() !== shown) at = next
        shown = panel()
      }
      return at - before
    },

    /** Lengths of the frames since this was called last, ms; the one that was under way then is left out. */
    frames(): readonly number[] {
      if (frames.length === 0) {
        let last = performance.now()
        const next = (now: number): void => {
          frames.push(now - last)
          last = now
          requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }
      return frames.splice(0).slice(1)
    },
  }
}
