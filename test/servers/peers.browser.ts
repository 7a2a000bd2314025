/** A span among its peers, and those that link to it, as real servers know them. */
import { expect, spanGrid, test as base } from './pages.ts'
import type { FedSpan, FedTrace } from './story/span.ts'
import type { TraceStory } from './story/story.ts'

// Tempo writes span metrics into the Prometheus of the fleet, from when it was fed on: with that, what is counted depends on the minute.
const test = base.extend({
  clewArgs: async ({ servers: { jaeger, tempo } }, use) =>
    use(['--no-open', '--connect', `jaeger=${jaeger.url}`, '--connect', `tempo=${tempo.url}`]),
})

const isCharge = ({ service, name, kind }: FedSpan): boolean =>
  service === 'payment-service' && name === 'POST /payments/charge' && kind === 'server'

const chargeOf = ({ spans }: FedTrace): FedSpan => {
  const charge = spans.find(isCharge)
  if (!charge) throw new Error('nothing is charged')
  return charge
}

/** Nobody else sends charges: as many as were fed. */
const chargesIn = ({ ordinary, incident }: TraceStory): number =>
  [...ordinary, incident].flatMap(({ spans }) => spans.filter(isCharge)).length

for (const kind of ['tempo', 'jaeger'] as const)
  test(`the slow charge is compared with all others in ${kind}, and a typical and a failed one are opened`, async ({
    page,
    url,
    story,
  }) => {
    const { incident, ordinary } = story[kind]
    const { spanId } = chargeOf(incident)
    await page.goto(`${url}/trace?id=${incident.traceId}&span=${spanId}`)
    const peers = page.getByRole('region', { name: 'Among its peers' })
    if (kind === 'jaeger')
      await peers.getByRole('button', { name: /^Read .*’s traces of this hour$/ }).click()
    await expect(peers.getByRole('status')).toHaveText(
      new RegExp(`^slower than 9\\d % of ${chargesIn(story[kind])}$`),
    )
    await expect(peers).toContainText('found in')
    const openedTrace = () => new URL(page.url()).searchParams.get('id')
    await peers.getByRole('button', { name: 'A typical one' }).click()
    await expect.poll(openedTrace).not.toBe(incident.traceId)
    await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /payments/charge')

    await page.goBack()
    // What was read is still there.
    await expect(peers.getByRole('button', { name: /^Read .*’s traces of this hour$/ })).toBeHidden()
    await peers.getByRole('button', { name: 'A failed one' }).click()
    const failed = ordinary.filter(({ spans }) =>
      spans.some((span) => isCharge(span) && span.error !== undefined),
    )
    await expect.poll(() => failed.some(({ traceId }) => traceId === openedTrace())).toBe(true)
  })

test('a first try leads, against the direction of the link, to the checkout that names it, in Tempo', async ({
  page,
  url,
  story,
}) => {
  const { firstTry, incident } = story.tempo
  await page.goto(`${url}/trace?id=${firstTry.traceId}&span=${firstTry.spans[0].spanId}`)
  const linking = page.getByRole('button', { name: /^Spans that link to this one/ })
  await expect(linking).toContainText('link:spanID in')
  await linking.click()
  await expect(page).toHaveURL(new RegExp(`id=${incident.traceId}`))
  await expect(spanGrid(page).getByRole('row', { selected: true })).toContainText('POST /api/checkout')
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(firstTry.traceId))
})
