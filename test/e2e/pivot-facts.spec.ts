/** What the ways between traces and lines are learned from, and put right by. */
import { expect, expectAxeClean, keptPreferences } from './clew.ts'
import { followLogs, line, test, trace, withSpan, words } from './pivot-sources.ts'

test.describe('a fact that a person put wrong', () => {
  for (const { place, name, held, said } of [
    {
      place: 'Field',
      name: 'request',
      held: line({ metadata: { traceID: trace.id } }),
      said: /^1 line: the id in metadata of any usual name.*The id stood in metadata traceID\./,
    },
    {
      place: 'Metadata or label',
      name: 'trace_id',
      held: line({ text: JSON.stringify({ msg: words, request: trace.id }) }),
      said: /^1 line: the id in the line, ± 1 min\. The id stood in the field request\./,
    },
  ])
    test.describe(`to ${place}`, () => {
      test.use({ loki: { lines: [held, line({ text: 'nothing to do with it' }, 60)] } })

      test('does not hide the lines, and is put right by one click', async ({ page, url }) => {
        await page.goto(`${url}/connections`)
        const fact = page.getByRole('row').filter({ hasText: 'Trace id in logs' })
        await fact.getByRole('button', { name: /^Change/ }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('radio', { name: place }).click()
        await dialog.getByRole('combobox', { name: 'Name' }).fill(name)
        await dialog.getByRole('button', { name: 'Keep' }).click()
        await expect(fact).toContainText('you said so')
        await followLogs(page, url)
        const lines = page.getByRole('treegrid', { name: 'Log lines' })
        await expect(lines.getByRole('row')).toHaveCount(1)
        await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible()
        await page.getByRole('button', { name: 'Remember that' }).click()
        await expect(page.getByRole('status').filter({ hasText: 'From now on' })).toBeVisible()
        await lines.getByRole('row', { name: /exhausted/ }).click()
        await expect(lines.getByRole('button', { name: /^Its trace/ })).toBeVisible()
        await page.getByRole('link', { name: 'Connections' }).click()
        await expect(fact).toContainText(place === 'Field' ? 'metadata traceID' : 'field request')
      })
    })
})

test.describe('an order id that looks like a trace id', () => {
  const order = 'aa00f0c2a7d94c1e8b03d5c6f2119a7e'
  test.use({
    loki: {
      lines: [
        line({ metadata: { traceid: order, trace_id: trace.id } }),
        line({ metadata: { traceid: order }, text: `order taken request=${trace.id}` }, 60),
      ],
    },
  })

  test('leads astray, says where it was read, and to the other id in the line', async ({ page, url }) => {
    await page.goto(url + withSpan)
    await page.getByRole('button', { name: /^All order-service logs/ }).click()
    const lines = page.getByRole('treegrid', { name: 'Log lines' })
    await lines.getByRole('row', { name: /order taken/ }).click()
    await lines.getByRole('button', { name: /^Its trace/ }).click()
    const read = page.getByRole('region', { name: 'Where the id was read' })
    await expect(read).toContainText('The id was read from traceid in metadata; it may be no trace id.')
    await expectAxeClean(page)
    await read.getByRole('button', { name: /from request in the line/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveAccessibleName('order-service POST /orders')
    await page.goBack()
    await read.getByRole('button', { name: 'Correct where ids are read' }).click()
    await expect(page.getByRole('table', { name: 'Learned facts' })).toBeVisible()
  })

  test('what was learned is shown with an example, and a correction wins and stays', async ({
    page,
    url,
  }) => {
    await page.goto(`${url}/connections`)
    const facts = page.getByRole('table', { name: 'Learned facts' })
    await expect(facts.getByRole('row', { name: /= Loki service_name/ })).toContainText('order-service')
    const ids = facts.getByRole('row').filter({ hasText: 'Trace id in logs' })
    await expect(ids).toContainText('of the 2 newest lines')
    const clock = facts.getByRole('row').filter({ hasText: 'Loki itself' })
    await expect(clock).toContainText('measured')
    await expect(clock.getByRole('button')).toHaveCount(0)
    await expectAxeClean(page)
    await ids.getByRole('button', { name: /^Change/ }).click()
    const dialog = page.getByRole('dialog')
    const finds = dialog.getByRole('status', { name: 'What it finds' })
    await expect(finds).toContainText(/^[12] of the 2 newest lines/)
    // Of what is being typed, and beside the names that are offered for it.
    await dialog.getByRole('combobox', { name: 'Name' }).fill('order_id')
    await expect(finds).toHaveText('No line of the 2 newest lines names a trace so.')
    const names = page.getByRole('listbox', { name: 'Name' })
    await expect(names).toHaveCount(0)
    await dialog.getByRole('combobox', { name: 'Name' }).fill('trace')
    await expect(names).toBeVisible()
    const list = await names.boundingBox()
    const answer = await finds.boundingBox()
    expect((list?.y ?? Infinity) + (list?.height ?? 0)).toBeLessThanOrEqual(answer?.y ?? 0)
    await page.keyboard.press('Escape')
    await expect(finds).toContainText(/^[12] of the 2 newest lines/)
    await dialog.getByRole('radio', { name: 'Field' }).click()
    await dialog.getByRole('combobox', { name: 'Name' }).fill('nowhere_at_all')
    await expect(finds).toHaveText('No line of the 2 newest lines names a trace so.')
    await dialog.getByRole('radio', { name: 'Text' }).click()
    await expect(finds).toContainText(
      /^[12] of the 2 newest lines names? a trace so, one of them [0-9a-f]{32}:/,
    )
    await expectAxeClean(page, '[role=dialog]')
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await expect(ids).toContainText('the text of lines')
    await expect(ids).toContainText('you said so')
    await expect
      .poll(async () => Object.values((await keptPreferences(page)).facts ?? {}))
      .toEqual([{ trace: { in: 'text', name: '' } }])
    await page.goto(url + withSpan)
    await expect(page.getByRole('button', { name: /^Logs of this span/ })).toContainText('the id in the line')
    await page.reload()
    await expect(page.getByRole('button', { name: /^Logs of this span/ })).toContainText('the id in the line')
  })

  test('facts are learned as soon as a source is there, with a few questions, and not again', async ({
    page,
    url,
  }) => {
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (/^\/api\/sources\/\w+\/(logs|services)/.test(pathname)) asked.push(pathname)
    })
    await page.goto(`${url}/connections`)
    await page.getByRole('button', { name: 'Look again' }).click()
    // The newest lines, and those of the newest traces by each way of naming one.
    await expect.poll(() => asked.filter((path) => path.endsWith('/logs/lines')).length).toBe(3)
    await page.getByRole('link', { name: 'Connections' }).click()
    const facts = page.getByRole('table', { name: 'Learned facts' })
    await expect(facts.getByRole('row').filter({ hasText: 'Trace id in logs' })).toBeVisible()
    await expect(facts.getByRole('row').filter({ hasText: /Tempo holds \d+ service/ })).toBeVisible()
    expect(asked.filter((path) => path.includes('/loki/')).length).toBeLessThanOrEqual(20)
    const { length } = asked
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Connections' }).click()
    await expect(facts.getByRole('row').filter({ hasText: 'Trace id in logs' })).toBeVisible()
    expect(asked).toHaveLength(length)
  })

  test('a fact that nothing tells is added, used by its pivot, and taken back', async ({ page, url }) => {
    await page.goto(`${url}/connections`)
    await page.getByRole('button', { name: 'Add a fact' }).click()
    const dialog = page.getByRole('dialog')
    const choose = async (field: string, text: string) => {
      await dialog.getByRole('combobox', { name: field }).fill(text)
      await dialog.getByRole('combobox', { name: field }).press('Tab')
    }
    await choose('Source', 'Loki')
    await choose('Fact', 'Name of a service')
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await expect(dialog).toContainText('Say which service.')
    await choose('Service, as traces call it', 'order-service')
    await choose('What it is called there', 'till')
    await dialog.getByRole('button', { name: 'Keep' }).click()
    const added = page.getByRole('row', { name: /order-service = Loki till/ })
    await expect(added).toContainText('you said so')
    await expect
      .poll(async () => Object.values((await keptPreferences(page)).facts ?? {}))
      .toEqual([{ names: { 'order-service': 'till' } }])
    await page.goto(url + withSpan)
    const logs = page.getByRole('button', { name: /^All order-service logs/ })
    await logs.click()
    await expect(page).toHaveURL(/service_name%3D%22till%22/)
    await page.goto(`${url}/connections`)
    await added.getByRole('button', { name: /^Change/ }).click()
    await dialog.getByRole('button', { name: 'As it was learned' }).click()
    await expect(added).toBeHidden()
  })
})
