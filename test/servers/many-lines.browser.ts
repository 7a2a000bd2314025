/** The list of the page over a real Loki 3 and a real Loki 2.9: every line that was pushed, once, in order, page after page; and the lines around one. */
import type { Page } from '@playwright/test'
import { keyOf, manyLines, type Pushed, pushLines } from './log-lines.ts'
import { expect, test } from './pages.ts'

/** What the list draws from its head to its end, row by row, as it is scrolled less than its height at a time. */
function readList(page: Page): Promise<string[]> {
  return page.getByRole('treegrid', { name: 'Log lines' }).evaluate(async (list) => {
    const scroller = [...list.children].find((one) => one.scrollHeight > one.clientHeight)
    if (!scroller) throw new Error('Nothing scrolls.')
    const count = Number(list.getAttribute('aria-rowcount'))
    const texts = new Map<number, string>()
    const drawn = (): readonly Element[] => [...list.querySelectorAll('[role=row][aria-rowindex]')]
    for (let top = 0; top < scroller.scrollHeight; top += scroller.clientHeight - 40) {
      scroller.scrollTop = top
      // Rows are 20 px high: the last one in view is among those that are drawn once the list has followed.
      const last = String(
        Math.min(count, Math.floor((scroller.scrollTop + scroller.clientHeight - 1) / 20) + 1),
      )
      while (!drawn().some((row) => row.getAttribute('aria-rowindex') === last))
        await new Promise(requestAnimationFrame)
      for (const row of drawn()) {
        const cells = [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent)
        texts.set(Number(row.getAttribute('aria-rowindex')), `${cells[2]} ${cells[3]}`)
      }
    }
    return [...texts.entries()].sort(([a], [b]) => a - b).map(([, text]) => text)
  })
}

for (const server of ['loki', 'lokiOld'] as const)
  test.describe(`a real ${server === 'loki' ? 'Loki 3' : 'Loki 2.9'}`, () => {
    test.use({
      clewArgs: async ({ servers }, use) => use(['--no-open', '--connect', `loki=${servers[server].url}`]),
      // More rows at once: fewer steps.
      viewport: { width: 1_280, height: 3_000 },
    })

    test('shows 20,000 lines, 3,000 of them in one nanosecond, each once and in order of time', async ({
      page,
      url,
      servers,
    }) => {
      // 20,000 rows are drawn, a screen at a time.
      test.setTimeout(240_000)
      const startMs = Date.now() - 30 * 60_000
      const run = `page-${server}-${startMs}`
      const pushed = manyLines(startMs)
      await pushLines(servers[server].url, run, pushed)
      const query = encodeURIComponent(`{run="${run}"}`)
      await page.goto(`${url}/logs?query=${query}&from=${startMs}&to=${startMs + 1_800_000}&column=app`)
      const end = page.getByText(/^That is all of this time range: 20.000 lines/)
      await expect(async () => {
        await page.getByRole('treegrid', { name: 'Log lines' }).press('End')
        await expect(end).toBeVisible({ timeout: 2_000 })
      }).toPass()
      const byText = new Map(pushed.map((line) => [`${line.app} ${line.text}`, line]))
      const shown = (await readList(page)).map((text): Pushed => {
        const line = byText.get(text)
        if (!line) throw new Error(`“${text}” was not pushed.`)
        return line
      })
      expect(shown.map(keyOf).toSorted()).toEqual(pushed.map(keyOf).toSorted())
      expect(shown.every(({ ns }, at) => at === 0 || ns <= shown[at - 1].ns)).toBe(true)

      // The same lines, counted, in the panels of metrics.
      const counted = `sum by (app) (count_over_time({run="${run}"}[31m]))`
      const times = `from=${startMs}&to=${startMs + 1_800_000}`
      await page.goto(`${url}/metrics?${times}&p=${encodeURIComponent(`table::${counted}`)}`)
      const table = page.getByRole('table')
      for (const app of ['order', 'payment', 'shipping', 'stock'])
        await expect(
          table
            .getByRole('row', { name: new RegExp(`app="${app}"`) })
            .getByRole('cell')
            .nth(1),
        ).toHaveText(/^5\sk$/)
      await page.goto(`${url}/metrics?${times}&p=${encodeURIComponent(`stat::${counted}`)}`)
      await expect(page.getByRole('definition').filter({ hasText: /^5\sk$/ })).toHaveCount(4)
    })

    test('shows what was sent along with a line apart, filters by it, and finds the lines around it', async ({
      page,
      url,
      servers,
    }) => {
      const startMs = Date.now() - 20 * 60_000
      const run = `beside-${server}-${startMs}`
      const line = (at: number, text: string): Pushed => ({
        ns: BigInt(startMs + at) * 1_000_000n,
        app: 'order',
        text,
      })
      await pushLines(servers[server].url, run, [line(0, 'before it')])
      await pushLines(servers[server].url, run, [line(1, 'the one that failed')], {
        trace_id: '4be1f0c2a7d94c1e8b03d5c6f2119a7e',
      })
      await pushLines(servers[server].url, run, [line(2, 'after it')])
      const query = encodeURIComponent(`{run="${run}"} |= "failed"`)
      await page.goto(`${url}/logs?query=${query}&from=${startMs - 60_000}&to=${startMs + 60_000}`)
      const list = page.getByRole('treegrid', { name: 'Log lines' })
      await list.getByRole('row', { name: /the one that failed/ }).click()
      await expect(list.getByRole('region', { name: 'Labels' })).not.toContainText('trace_id')
      const metadata = list.getByRole('region', { name: 'Structured metadata' })
      await expect(metadata).toContainText('4be1f0c2a7d94c1e8b03d5c6f2119a7e')
      await page.getByRole('button', { name: /^Lines around it/ }).click()
      const around = page.getByRole('list', { name: 'Lines around it in its stream' })
      await expect(around.getByRole('listitem')).toHaveCount(3)
      await expect(around).toContainText('before it')
      await metadata.getByRole('button', { name: 'Only lines with this trace_id' }).click()
      await expect(page.locator('.view-lines')).toContainText('| trace_id="4be1f0c2a7d94c1e8b03d5c6f2119a7e"')
      await expect(page.getByText(/^That is all of this time range: 1 line/)).toBeVisible()
    })
  })
