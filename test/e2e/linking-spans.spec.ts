/** Against the direction of a link: from a span to those that name it. */
import { expect, expectAxeClean, test } from './clew.ts'
import { startServer } from './fake-servers.ts'
import { type HeldTrace, jaegerHolding, tempoWith } from './search-servers.ts'
import { tracePage } from './trace-page.ts'

test.describe('in the demo shop, where parcels leave half an hour late', () => {
  test.use({ clewArgs: ['--demo', 'slow-consumer'] })

  test('a message that was sent leads to the traces that handled it, and a span to which nothing links says so', async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/traces?service=order-service&operation=send+order-events&from=now-44m&to=now-38m`)
    const results = page.getByRole('grid', { name: 'Traces' })
    await results.getByRole('row').nth(1).dblclick()
    const { find, found, spans, details } = tracePage(page)
    await find.fill('name:"send order-events"')
    await expect(found).toHaveText(/^1 of/)
    await find.press('Enter')
    await expect(details.getByRole('heading', { level: 2 })).toHaveText('send order-events')
    const follow = details.getByRole('list', { name: 'Links to this span' })
    const linking = follow.getByRole('button', { name: /^Spans that link to this one/ })
    await expect(linking).toContainText('link:spanID in Demo shop')
    await expect(linking).toHaveAttribute(
      'title',
      /^\{ link:traceID = "[0-9a-f]{32}" && link:spanID = "[0-9a-f]{16}" \}$/,
    )
    await linking.click()
    // A span of the same trace links to it as well: that is no other trace, and there is nothing to choose.
    await expect(page.getByText(/^1 trace in Demo shop, ± 1 h: links that name both ids\.$/)).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName(/^shipping-service process/)
    await expect(spans.getByRole('row', { selected: true })).toContainText('process order-events')

    await details.click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('i')
    const tried = details.getByRole('region', { name: 'Spans that link to this one' })
    await expect(tried).toContainText(
      'No span links to this one. A day before and after it was looked through',
    )
    await expect(tried.getByRole('listitem')).toHaveText([
      /± 1 h.*link:traceID.*0 traces/,
      /± 24 h.*0 traces/,
    ])
    await expectAxeClean(page)
  })
})

const held: HeldTrace = {
  id: '4bf92f3577b34da6a3ce929d0e0e4736',
  startMs: Date.now() - 600_000,
  durationMs: 100,
  service: 'order-service',
  name: 'POST /orders',
}

test.describe('in a Tempo where a span of the same trace alone links to it', () => {
  test.use({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    clewArgs: async ({}, use) => {
      const tempo = await startServer(tempoWith([held]))
      await use(['--connect', `tempo=${tempo.url}`])
      await tempo.stop()
    },
  })

  test('that span is offered, and selected in the trace that is on screen', async ({ page, url }) => {
    await page.goto(`${url}/trace?id=${held.id}&span=${held.id.slice(-12)}0001`)
    const { spans, details } = tracePage(page)
    await expect(details.getByRole('heading', { level: 2 })).toHaveText('POST /orders')
    await page.keyboard.press('i')
    const tried = details.getByRole('region', { name: 'Spans that link to this one' })
    await expect(tried).toContainText('Spans of this trace alone link to this one.')
    await expect(tried).not.toContainText('not found')
    await tried.getByRole('button', { name: 'Show order-service step 1' }).click()
    await expect(spans.getByRole('row', { selected: true })).toContainText('step 1')
    await expect(page).toHaveURL(/span=[0-9a-f]{12}0002/)
  })
})

test.describe('in a Jaeger', () => {
  test.use({
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from this pattern
    clewArgs: async ({}, use) => {
      const jaeger = await startServer(jaegerHolding([held]))
      await use(['--connect', `jaeger=${jaeger.url}`])
      await jaeger.stop()
    },
  })

  test('it is said that it cannot be asked', async ({ page, url }) => {
    await page.goto(`${url}/trace?id=${held.id}&span=${held.id.slice(-12)}0001`)
    const linking = page.getByRole('button', { name: /^Spans that link to this one/ })
    await expect(linking).toContainText('Jaeger cannot be asked for links')
    await linking.click()
    await expect(
      page.getByRole('status').filter({ hasText: 'Jaeger cannot be asked for links.' }),
    ).toBeVisible()
  })
})
