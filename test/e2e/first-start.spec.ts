/** The first start: with nothing there, Clew opens on the demo shop; and what becomes of that. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { demoScenarios } from '#shared/api/demo-scenarios'
import { projectFolder } from '../../build/project.ts'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { jaegerAnswers, startServer } from './fake-servers.ts'
import { openFiles } from './open-files.ts'

test.use({ isDemoEnded: false })

const guide = (page: Page) => page.getByRole('region', { name: 'Guide through the demo' })
const connections = (page: Page) => page.getByRole('group', { name: 'Connections' })

test('it opens on the overview of the demo shop, which says that it is a demo, and leads on', async ({
  page,
  url,
}) => {
  await expect(page).toHaveURL(`${url}/overview`)
  await expect(guide(page)).toContainText('This is a demo.')
  await expect(
    page.getByRole('region', { name: 'What moved first' }).getByRole('listitem').first(),
  ).toContainText('payment-service')
  await expect(connections(page)).toHaveText('Demo shopsimulated')
  await expectAxeClean(page)
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    for (const button of await guide(page).getByRole('button').all())
      await expect(button).toBeInViewport({ ratio: 1 })
  }
  await guide(page).getByRole('button', { name: 'Follow the incident' }).click()
  await expect(guide(page).locator('[aria-current=step]')).toHaveText('1 Metric')
  await expect(page.getByRole('figure')).toBeVisible()
})

test('the start page stays where it was, also after a reload; another tab begins at the demo', async ({
  page,
  url,
}) => {
  await page.getByRole('link', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Follow a slow request/)
  await expect(page.getByRole('button', { name: 'Look at the incident' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Follow a slow request/)
  await expect(page).toHaveURL(`${url}/`)
  const other = await page.context().newPage()
  await other.goto(url)
  await expect(other).toHaveURL(`${url}/overview`)
  await other.close()
})

test('as long as it is not ended and nothing else was looked at, the next start opens on it too', async ({
  page,
  clew,
  profile,
}) => {
  await expect(page.getByRole('table', { name: 'Services' })).toContainText('payment-service')
  await expect(page.getByRole('navigation', { name: 'Thread' })).toContainText('Overview')
  await clew.stop()
  const again = await startClew([], profile)
  await page.goto(again.address)
  await expect(page).toHaveURL(`${again.url}/overview`)
  await expect(guide(page)).toContainText('This is a demo.')
  await again.stop()
})

test('ended, it leaves the start page, and the next start begins there', async ({ page, clew, profile }) => {
  await guide(page).getByRole('button', { name: 'End the demo' }).click()
  await expect(page.getByRole('button', { name: 'Open the demo incident' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'No sources yet' })).toBeVisible()
  await clew.stop()
  const again = await startClew([], profile)
  await page.goto(again.address)
  await expect(page.getByRole('button', { name: 'Open the demo incident' })).toBeVisible()
  await expect(page).toHaveURL(`${again.url}/`)
  await again.stop()
})

test('a connection of one’s own takes its place, which is said', async ({ page }) => {
  const jaeger = await startServer(jaegerAnswers(['cart']))
  await guide(page).getByRole('button', { name: 'Connect your own' }).click()
  await page.getByLabel('Address').fill(jaeger.url)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(
    page.getByText('Added Jaeger. Demo shop has ended: its figures are not mixed with yours.'),
  ).toBeVisible()
  await expect(connections(page)).toHaveText('Jaeger')
  await jaeger.stop()
})

test('opened files take its place, which is said', async ({ page }) => {
  const chooser = page.waitForEvent('filechooser')
  await guide(page).getByRole('button', { name: 'Open a file' }).click()
  await (await chooser).setFiles([])
  await openFiles(page, { 'app.log': 'ts=2026-01-01T00:00:00Z level=error msg="at last"\n'.repeat(3) })
  await expect(
    page.getByText('Demo shop has ended: its figures are not mixed with those of your files.'),
  ).toBeVisible()
  await expect(connections(page)).toHaveText('app.log')
})

test.describe('with a scenario that was asked for', () => {
  test.use({ clewArgs: ['--demo', 'n-plus-one:7'], isDemoEnded: true })

  test('it opens on the overview of that incident, and follows it; the start page stays the start page', async ({
    page,
    url,
  }) => {
    await expect(page).toHaveURL(`${url}/overview`)
    await expect(guide(page)).toContainText('Checkout takes longer the more is in the cart')
    await guide(page).getByRole('button', { name: 'Follow the incident' }).click()
    await expect(page).toHaveURL(/source=demo%3An-plus-one%3A7/)
    await page.getByRole('link', { name: 'Start' }).click()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Follow a slow request/)
  })

  test('files that were given with it open first', async ({ page, profile }) => {
    const file = join(projectFolder, 'test/fixtures/otlp/checkout.json')
    const clew = await startClew(['--demo', 'n-plus-one', file], profile)
    await page.goto(clew.address)
    await expect(page.getByRole('treegrid', { name: 'Spans' })).toBeVisible()
    await clew.stop()
  })

  test('beside a connection, the overview is that of the incident', async ({ page, profile }) => {
    const prometheus = await startServer(() => undefined)
    const clew = await startClew(
      ['--connect', `prometheus=${prometheus.url}`, '--demo', 'bad-deploy'],
      profile,
    )
    await page.goto(clew.address)
    await expect(page.getByRole('table', { name: 'Services' })).toContainText('order-service')
    await expect(page).toHaveURL(/source=demo%3Abad-deploy%3A1/)
    await expect(guide(page)).toHaveCount(0)
    await clew.stop()
    await prometheus.stop()
  })
})

for (const { name, chart, cause } of demoScenarios.filter((scenario) => scenario.cause?.seenIn === 'moves'))
  test.describe(`with ${name}:7`, () => {
    test.use({ clewArgs: ['--demo', `${name}:7`], isDemoEnded: true })

    test('the first button of the guide leads from place to place to the cause, and to the thread', async ({
      page,
    }) => {
      test.slow()
      const step = guide(page).locator('[aria-current=step]')
      const moved = page.getByRole('region', { name: 'What moved first' }).getByRole('listitem')
      await expect(guide(page)).toContainText('What moved first stands below.')
      await expect(moved.first()).toBeVisible()
      await guide(page).getByRole('button', { name: 'Follow the incident' }).click()
      const rows = page.getByRole('grid', { name: 'Traces' }).getByRole('row')
      if (chart !== undefined) await guide(page).getByRole('button', { name: 'See the requests' }).click()
      await rows.nth(1).dblclick()
      await guide(page)
        .getByRole('button', { name: /^Show / })
        .click()
      await expect(step).toHaveText(chart === undefined ? '2 Evidence' : '3 Wait')
      // Before the buttons that lead back and away.
      const next = guide(page).getByRole('button').first()
      for (let places = 0; places < 4 && !/Cause/.test(await step.innerText()); places++) {
        const place = page.url()
        await next.click()
        await expect(page).not.toHaveURL(place)
        if (page.url().includes('/logs'))
          await expect(
            page.getByRole('treegrid', { name: 'Log lines' }).getByRole('row').first(),
          ).toBeVisible()
      }
      await expect(step).toHaveText(/Cause$/)
      await expect(guide(page)).toContainText(cause?.text ?? '')
      await expect(moved.first()).toBeVisible()
      await next.click()
      await expect(page.getByRole('heading', { level: 1, name: 'Investigation' })).toBeVisible()
    })
  })

test.describe('with clocks that differ', () => {
  test.use({ clewArgs: ['--demo', 'clock-skew:7'], isDemoEnded: true })

  test('the guide points at no empty list, and leads to the trace that shows the clock, and the cause', async ({
    page,
  }) => {
    await expect(page.getByRole('region', { name: 'What moved first' })).toContainText('No version, pool')
    await expect(guide(page)).toContainText('This is a demo.')
    await expect(guide(page)).not.toContainText('below')
    await guide(page).getByRole('button', { name: 'Follow the incident' }).click()
    const rows = page.getByRole('grid', { name: 'Traces' }).getByRole('row')
    const show = guide(page).getByRole('button', { name: 'Show what stands out' })
    for (let row = 1; row < 20; row++) {
      await rows.nth(row).dblclick()
      await expect(guide(page)).toContainText(/clocks agree|sentences below/)
      if (await show.isVisible()) break
      await guide(page).getByRole('button', { name: 'Back to the requests' }).click()
    }
    await show.click()
    await expect(guide(page).locator('[aria-current=step]')).toHaveText('3 Cause')
    await expect(page.getByRole('button', { name: /^inventory-service clock −/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await expect(guide(page)).toContainText('The cause: the clock of one machine of inventory-service')
    await expect(guide(page).getByRole('button', { name: 'What moved first' })).toHaveCount(0)
  })
})

test.describe('with a good day that was asked for', () => {
  test.use({ clewArgs: ['--demo', 'healthy'], isDemoEnded: true })

  test('it opens on the overview, and nothing speaks of an incident', async ({ page, url }) => {
    await expect(page.getByRole('table', { name: 'Services' })).toContainText('payment-service')
    await expect(page).toHaveURL(`${url}/overview`)
    await expect(guide(page)).toHaveCount(0)
    await expect(page.getByRole('main')).not.toContainText('incident')
  })
})

test.describe('with a connection for this run', () => {
  test.use({ clewArgs: ['--connect', 'jaeger=http://127.0.0.1:9'] })

  test('no demo begins', async ({ page, url }) => {
    await expect(page.getByRole('heading', { level: 2, name: /^Connect your servers/ })).toBeVisible()
    await expect(connections(page)).toHaveText('Jaeger')
    await expect(page).toHaveURL(`${url}/`)
  })
})

test.describe('in a browser that keeps nothing', () => {
  test('everything is there for as long as the page is: the demo, a file, the way back', async ({
    page,
    url,
  }) => {
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('Access is denied for this document.', 'SecurityError')
          },
        })
    })
    await page.goto(url)
    await expect(page.getByRole('table', { name: 'Services' })).toContainText('payment-service')
    await openFiles(page, {
      'checkout.json': await readFile(join(projectFolder, 'test/fixtures/otlp/checkout.json'), 'utf8'),
    })
    const spans = page.getByRole('treegrid', { name: 'Spans' })
    await expect(spans.getByRole('row').nth(1)).toBeVisible()
    await spans.getByRole('row').nth(1).click()
    await page.getByRole('link', { name: 'Map' }).click()
    await expect(page.getByRole('main')).toContainText(/service/)
    await page.goBack()
    await expect(spans).toBeVisible()
  })
})
