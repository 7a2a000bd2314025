import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAxeClean, keptPreferences, startClew, test } from './clew.ts'
import { chooseByKey } from './open-files.ts'

/** One trace of two spans, as Jaeger saves it. */
const saved = JSON.stringify({
  data: [
    {
      traceID: '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e',
      spans: [
        {
          traceID: '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e',
          spanID: '00f067aa0ba902b7',
          operationName: 'POST /checkout',
          references: [],
          startTime: 1793000000000000,
          duration: 4870,
          tags: [],
          logs: [],
          processID: 'p1',
        },
        {
          traceID: '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e',
          spanID: '00f067aa0ba902b8',
          operationName: 'pool.acquire',
          references: [
            { refType: 'CHILD_OF', traceID: '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e', spanID: '00f067aa0ba902b7' },
          ],
          startTime: 1793000000000100,
          duration: 4500,
          tags: [],
          logs: [],
          processID: 'p1',
        },
      ],
      processes: { p1: { serviceName: 'payment-service', tags: [] } },
    },
  ],
})

const file = { name: 'checkout.json', mimeType: 'application/json', buffer: Buffer.from(saved) }
const spans = (page: Page) => page.getByRole('treegrid', { name: 'Spans' })

/** Drops a file on the middle of the window, as the system does. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const transfer = await page.evaluateHandle(
    ([name, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content], name, { type: 'application/json', lastModified: 1 }))
      return data
    },
    [name, content],
  )
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  await expect(page.getByText('Drop to open')).toBeVisible()
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect(page.getByText('Drop to open')).toBeHidden()
}

test('a dropped file opens, and is there after reload, back and forward', async ({ page, url }) => {
  await drop(page, 'checkout.json', saved)
  await expect(page).toHaveURL(/file=f[0-9a-f]{16}/)
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  await page.reload()
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  await page.getByRole('link', { name: 'Start' }).click()
  await expect(page).toHaveURL(`${url}/`)
  await page.goBack()
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
})

test('files without a trace leave what is on screen, and say why beside it', async ({ page }) => {
  await drop(page, 'checkout.json', saved)
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  const address = page.url()
  const note = page.getByRole('alert', { name: 'Not opened' })
  await drop(page, 'empty.json', '')
  await expect(note).toContainText('empty.json is empty.')
  await drop(page, 'page.html', '<!doctype html><title>Sign in</title>')
  await expect(note).toContainText('page.html is a web page, “Sign in”, not a trace.')
  await expect(note).not.toContainText('empty.json')
  await expect(page).toHaveURL(address)
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  await note.getByRole('button', { name: 'Close' }).click()
  await expect(note).toBeHidden()

  await drop(page, 'empty.json', '')
  await expect(note).toBeVisible()
  await drop(page, 'other.json', saved.replaceAll('pool.acquire', 'pool.release'))
  await expect(spans(page).getByText('pool.release')).toBeVisible()
  await expect(note).toBeHidden()
})

test('a span that a file holds twice is listed among the repairs', async ({ page }) => {
  const twice = JSON.parse(saved) as { data: { spans: unknown[] }[] }
  twice.data[0].spans.push(twice.data[0].spans[1])
  await drop(page, 'twice.json', JSON.stringify(twice))
  const repairs = page.getByRole('region', { name: 'Repairs' })
  await expect(repairs).toContainText('1 span merged')
  await repairs.getByRole('button', { name: '1 kind of repair' }).click()
  await expect(repairs).toContainText('1 span came more than once and is shown once.')
})

for (const [what, open] of [
  ['the button of the start page', (page: Page) => page.getByRole('button', { name: 'Choose file' }).click()],
  ['the rail', (page: Page) => page.getByRole('button', { name: 'Open file' }).click()],
] as const)
  test(`${what} asks for a file and opens it`, async ({ page }) => {
    await expect(page.getByRole('main')).toBeVisible()
    const chooser = page.waitForEvent('filechooser')
    await open(page)
    await (await chooser).setFiles([file])
    await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  })

test('Ctrl O asks for a file and opens it', async ({ page }) => {
  await chooseByKey(page, [file])
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
})

test('an opened file is in the recent list, which can be cleared and brought back', async ({ page }) => {
  await drop(page, 'checkout.json', saved)
  await expect(page).toHaveURL(/file=/)
  await page.getByRole('link', { name: 'Start' }).click()
  const row = page.getByRole('row').filter({ hasText: 'checkout.json' })
  await expect(row).toContainText(/today \d\d:\d\d/)
  await page.getByRole('button', { name: 'Clear list' }).click()
  await expect(row).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row.getByRole('link', { name: 'checkout.json' }).click()
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
})

test('kept files can be forgotten, after being asked', async ({ page }) => {
  await drop(page, 'checkout.json', saved)
  await expect(page).toHaveURL(/file=/)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByText(/^1 file, .* kept on this machine/)).toBeVisible()
  await page.getByRole('button', { name: 'Forget files' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click()
  await expect(page.getByText(/^Forgot 1 file/)).toBeVisible()
  await expect(page.getByText(/^None is kept/)).toBeVisible()
})

test('a file that is not here any more can be opened again', async ({ page, url }) => {
  await page.goto(`${url}/files?file=f0123456789abcdef`)
  await expect(page.getByText(/here any more/)).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Open file' }).last().click()
  await (await chooser).setFiles([file])
  await expect(spans(page).getByText('pool.acquire')).toBeVisible()
})

test('a file that is not there, given alone, says so', async ({ profile, browser }) => {
  const clew = await startClew([join(profile, 'gone.json')], profile)
  const page = await (await browser.newContext()).newPage()
  await page.goto(clew.address)
  await expect(page).toHaveURL(/file=/)
  await expect(page.getByRole('main')).toContainText(/There is no file gone\.json/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('gone.json')
  await expectAxeClean(page)
  await clew.stop()
})

test.describe('with files on the command line', () => {
  test.use({
    clewArgs: async ({ profile }, use) => {
      const held = join(profile, 'checkout.json')
      writeFileSync(held, saved)
      await use([held, join(profile, 'gone.json')])
    },
  })

  test('they open at the start, once, and what cannot be read says why', async ({ page, url }) => {
    await expect(page).toHaveURL(/file=/)
    await page.goto(url)
    await expect(page).toHaveURL(`${url}/`)
    await expect(page.getByText('Given at the start')).toBeVisible()
    await expect(page.getByText(/There is no file .*gone\.json/)).toBeVisible()
    await page.getByRole('button', { name: 'Open checkout.json' }).click()
    await expect(spans(page).getByText('pool.acquire')).toBeVisible()
  })
})

const steps = (page: Page) => page.getByRole('navigation', { name: 'Thread' }).getByRole('listitem')

test.describe('with a file on the command line', () => {
  test.use({
    clewArgs: async ({ profile }, use) => {
      const held = join(profile, 'checkout.json')
      writeFileSync(held, saved)
      await use([held])
    },
  })

  test('the same command opens it again, and it is no further step and no further source', async ({
    page,
    clew,
    clewArgs,
    profile,
  }) => {
    const chips = page.getByRole('group', { name: 'Connections' }).getByRole('button')
    await expect(spans(page).getByText('pool.acquire')).toBeVisible()
    await expect(chips).toHaveText(['checkout.json'])
    await expect(steps(page)).toHaveCount(2)
    await clew.stop()
    // The tab is the same, and its address too.
    const again = await startClew([...clewArgs, '--port', new URL(clew.url).port], profile)
    await page.goto(again.address)
    await expect(spans(page).getByText('pool.acquire')).toBeVisible()
    await expect(chips).toHaveText(['checkout.json'])
    await expect(steps(page)).toHaveCount(2)
    await again.stop()
  })

  test('without it, a step of the thread says which file to open again', async ({ page, clew, profile }) => {
    await expect(spans(page).getByText('pool.acquire')).toBeVisible()
    await expect(steps(page)).toHaveCount(2)
    await expect.poll(async () => (await keptPreferences(page)).recent?.length).toBeGreaterThan(0)
    await clew.stop()
    const again = await startClew([], profile)
    await page.goto(again.address)
    for (const at of [0, 1]) {
      await steps(page).nth(at).getByRole('link').click()
      await expect(page.getByRole('main')).toContainText('Open checkout.json again')
    }
    await again.stop()
  })
})
