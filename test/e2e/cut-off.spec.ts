/** Servers that break off at once: what they gave is shown, and why it is not all is said. */
import { expect, testWithJaeger } from './clew.ts'
import { jaegerAnswers, startServer, text } from './fake-servers.ts'
import { broken, brokenId, jaegerDocument } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const document = jaegerDocument(brokenId, broken)
const others = jaegerAnswers(['order-service'])

/** Fewer bytes than are looked at before an answer is passed on, and a span among them. */
const sent = document.slice(0, 1500)

const test = testWithJaeger(() =>
  startServer((request, response) => {
    const { url = '' } = request
    if (url.startsWith('/api/v3/traces')) return text('404 page not found', 404)(request, response)
    if (!url.startsWith('/api/traces/')) return others(request, response)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': document.length })
    response.write(sent, () => response.destroy())
    return undefined
  }),
)

test('a trace that breaks off within its first bytes is shown as far as it came', async ({ page, url }) => {
  const [source] = (await (await page.request.get(`${url}/api/sources`)).json()) as { id: string }[]
  await page.goto(`${url}/trace?source=${source.id}&id=${brokenId}`)
  await expect(page.getByText(/stopped in the middle, after /).first()).toBeVisible()
  await expect(
    page.getByText(`broke off after ${sent.length.toLocaleString('en-US')} bytes`).first(),
  ).toBeVisible()
  await expect(tracePage(page).rows.first()).toBeVisible()
})

test('what broke off in another trace is not said to be shown', async ({ page, url }) => {
  const [source] = (await (await page.request.get(`${url}/api/sources`)).json()) as { id: string }[]
  await page.goto(`${url}/trace?source=${source.id}&id=${brokenId.replace(/^./, 'f')}`)
  const answer = page.getByRole('listitem').filter({ hasText: 'broke off after' })
  await expect(answer).toContainText(
    /It answered with \d+ spans? of another trace\. What came until then was read;/,
  )
  await expect(tracePage(page).rows).toHaveCount(0)
})
