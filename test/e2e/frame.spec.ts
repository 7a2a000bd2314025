import type { Page } from '@playwright/test'
import { expect, expectAxeClean, startClew, test } from './clew.ts'
import { jaegerAnswers, startServer } from './fake-servers.ts'

const traceId = '4be1f0c2a9d84e7fb6c3d1e2f3a49a7e'
const spanId = '00f067aa0ba902b7'
const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or command' })

/** Keys count once the application is there to hear them. */
async function openPalette(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeFocused()
}

/** What a person's paste does: the browser gives the text to whatever has the focus. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Both themes: contrast is another in each. */
async function expectClean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expectAxeClean(page)
  }
}

test('the places are in the rail, the present one is marked, and the title names it', async ({
  page,
  url,
}) => {
  const rail = page.getByRole('navigation', { name: 'Views' })
  await expect(rail.getByRole('link')).toHaveText([
    '',
    'Overview',
    'Traces',
    'Logs',
    'Metrics',
    'Map',
    'Investigation',
    'Connections',
    'Settings',
  ])
  await rail.getByRole('link', { name: 'Settings' }).click()
  await expect(page).toHaveURL(`${url}/settings`)
  await expect(page).toHaveTitle('Settings · Clew')
  await expect(rail.getByRole('link', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('back and forward go through what was seen, by button and by key', async ({ page, url }) => {
  const back = page.getByRole('button', { name: 'Back', exact: true })
  const forward = page.getByRole('button', { name: 'Forward', exact: true })
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(forward).toHaveAttribute('aria-disabled', 'true')
  await back.click()
  await expect(page).toHaveURL(`${url}/connections`)
  await forward.click()
  await expect(page).toHaveURL(`${url}/settings`)
  await page.keyboard.press('[')
  await expect(page).toHaveURL(`${url}/connections`)
})

test('the palette runs a command by keyboard alone and gives the focus back', async ({ page, url }) => {
  await openPalette(page)
  await page.keyboard.type('go to sett')
  await expect(page.getByRole('option')).toHaveCount(1)
  await expect(page.getByRole('option', { name: /Go to Settings/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${url}/settings`)
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
})

test('Tab narrows the palette to one kind', async ({ page }) => {
  await openPalette(page)
  await expect(page.getByText('everything', { exact: true })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('group', { name: 'Commands' })).toBeVisible()
  await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('group')).toHaveCount(1)
})

test('the keys are listed on ?, and ? in a field is only text', async ({ page }) => {
  await expect(page.getByRole('main')).toBeVisible()
  await page.keyboard.press('?')
  const sheet = page.getByRole('complementary', { name: 'Keys' })
  await expect(sheet.getByText('Search or command')).toBeVisible()
  await page.keyboard.press('?')
  await expect(sheet).toBeHidden()
  await page.keyboard.press('?')
  await expect(sheet).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  const field = page.getByLabel('Address of a server')
  await field.fill('a')
  await field.press('?')
  await expect(field).toHaveValue('a?')
  await expect(sheet).toBeHidden()
})

test('a theme that was chosen is there again at the next start, before the first picture', async ({
  page,
  clew,
  profile,
}) => {
  await page.getByRole('link', { name: 'Settings' }).click()
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await page.getByRole('radio', { name: 'Dark' }).click()
  await saved
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await clew.stop()

  const again = await startClew([], profile)
  const late = await page.context().newPage()
  await late.addInitScript(() => {
    // Notes the theme at the moment the application first appears.
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.app')) return
      observer.disconnect()
      document.documentElement.dataset.first = document.documentElement.dataset.theme ?? 'none'
    }).observe(document, { childList: true, subtree: true })
  })
  await late.goto(again.address)
  await expect(late.locator('html')).toHaveAttribute('data-first', 'dark')
  await late.close()
  await again.stop()
})

test('a preference that cannot be kept is said, and stays on screen', async ({ page }) => {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.route('**/api/preferences', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status: 500,
          json: { kind: 'internal', message: 'The disk is full.', advice: 'Make room.' },
        })
      : route.fallback(),
  )
  await page.getByRole('radio', { name: 'UTC' }).click()
  await expect(page.getByText('Your settings could not be kept: The disk is full.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'UTC' })).toBeChecked()
})

test('a pasted traceparent without a source of traces leads to connecting one', async ({ page, url }) => {
  await expect(page.getByRole('button', { name: 'No sources yet' })).toBeVisible()
  await paste(page, `00-${traceId}-${spanId}-01`)
  await expect(page.getByRole('option', { name: /Connect a server that keeps trace/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${url}/connections?new=1`)
})

test('what is pasted into a field stays there', async ({ page, url }) => {
  await page.getByLabel('Address of a server').focus()
  await paste(page, traceId)
  await expect(palette(page)).toBeHidden()
  await expect(page).toHaveURL(`${url}/`)
})

test('a page with an unknown address says so and leads back', async ({ page, url }) => {
  await page.goto(`${url}/nowhere`)
  await expect(page.getByText('There is nothing at this address.')).toBeVisible()
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(page).toHaveURL(`${url}/`)
})

test('a link to a trace that leads nowhere has a heading, a reason, and the way on', async ({
  page,
  url,
}) => {
  const ways = [
    ['/trace', 'Search traces'],
    ['/trace?id=abc', 'Add a connection'],
    ['/trace?id=abc&file=fdead', 'Open file'],
  ]
  for (const [path, way] of ways) {
    await page.goto(url + path)
    await expect(page.getByRole('heading', { level: 1, name: 'No trace' })).toBeAttached()
    await expect(page.getByRole('alert').getByRole('button', { name: way })).toBeVisible()
  }
  await page.goto(`${url}/trace?id=abc`)
  await page.getByRole('button', { name: 'Add a connection' }).click()
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeFocused()
})

test.describe('with a Jaeger', () => {
  let jaeger: Awaited<ReturnType<typeof startServer>>
  test.beforeAll(async () => {
    jaeger = await startServer(jaegerAnswers(['edge-gateway', 'order-service', 'payment-service']))
  })
  test.afterAll(() => jaeger.stop())
  test.beforeEach(async ({ page, url }) => {
    const added = await page.request.post(`${url}/api/sources`, {
      headers: { origin: url },
      data: {
        kind: 'jaeger',
        name: 'Jaeger',
        url: jaeger.url,
        auth: { kind: 'none' },
        headers: [],
        tenant: '',
        tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
        timeoutMs: 5000,
      },
    })
    expect(added.ok()).toBe(true)
    await page.goto(url)
  })

  test('its chip tells how it is, and leads to it', async ({ page, url }) => {
    const chip = page.getByRole('group', { name: 'Connections' }).getByRole('button')
    await expect(chip.getByRole('img', { name: 'answering', exact: true })).toBeVisible()
    await chip.click()
    await expect(page).toHaveURL(`${url}/connections?id=jaeger`)
    await expect(page.getByRole('form', { name: 'Jaeger' })).toBeVisible()
  })

  test('a service named in the palette is searched for', async ({ page, url }) => {
    await openPalette(page)
    await page.keyboard.type('pay')
    await page.getByRole('option', { name: /payment-service/ }).click()
    await expect(page).toHaveURL(new RegExp(`^${url}/traces\\?.*service=payment-service`))
  })

  for (const [what, spelling] of [
    ['an id in capitals', traceId.toUpperCase()],
    ['an id in base64', 'S+HwwqnYTn+2w9Hi86Safg=='],
    ['a traceparent', `00-${traceId}-${spanId}-01`],
    ['a link of Jaeger', `https://jaeger.example.com/trace/${traceId}`],
  ] as const)
    test(`${what} opens the trace, pasted anywhere or typed in the palette`, async ({ page, url }) => {
      const place = new RegExp(`^${url}/trace\\?source=jaeger&id=${traceId}`)
      await expect(page.getByRole('group', { name: 'Connections' })).toBeVisible()
      await paste(page, spelling)
      await expect(page).toHaveURL(place)
      await page.goto(url)
      await openPalette(page)
      await palette(page).fill(spelling)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(place)
    })

  test('a pasted link to a search asks the same here, and a log line opens its trace', async ({ page }) => {
    await expect(page.getByRole('group', { name: 'Connections' })).toBeVisible()
    await paste(page, 'https://j.example.com/search?service=payment-service&lookback=2d&minDuration=1s')
    await expect(page).toHaveURL(/\/traces\?.*service=payment-service.*min=1000000000.*from=now-2d&to=now/)
    await paste(page, `ERROR trace_id=${traceId} pool exhausted`)
    await expect(page).toHaveURL(new RegExp(`/trace\\?source=jaeger&id=${traceId}`))
  })

  test('of two ids in a line the palette asks which', async ({ page, url }) => {
    await expect(page.getByRole('group', { name: 'Connections' })).toBeVisible()
    await paste(page, `trace_id=${traceId} caused by trace_id=9c1e0d4f6b2a4c7d8e9fa0b1c2d3e4f5`)
    await expect(page.getByRole('option', { name: /^Open trace/ })).toHaveCount(2)
    await page.getByRole('option', { name: /Open trace 9c1e0d4f/ }).click()
    await expect(page).toHaveURL(`${url}/trace?source=jaeger&id=9c1e0d4f6b2a4c7d8e9fa0b1c2d3e4f5`)
  })

  for (const place of ['/', '/connections', '/connections?id=jaeger', '/connections?new=1', '/settings'])
    test(`${place} is clean for axe in both themes`, async ({ page, url }) => {
      await page.goto(url + place)
      await expect(page.getByRole('group', { name: 'Connections' })).toBeVisible()
      await expect(page.getByRole('heading').first()).toBeVisible()
      await expectClean(page)
    })

  test('the palette and the keys are clean for axe in both themes', async ({ page }) => {
    await expect(page.getByRole('main')).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('complementary', { name: 'Keys' })).toBeVisible()
    await expectClean(page)
    await openPalette(page)
    await page.keyboard.type('o')
    await expect(page.getByRole('option').first()).toBeVisible()
    await expectClean(page)
  })
})

test('nothing moves for whoever asked for no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const moving = await page.evaluate(() => document.getAnimations().length)
  expect(moving).toBe(0)
})
