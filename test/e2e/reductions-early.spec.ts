/** What is taken out of view while a trace is still being read. */
import { expect, testWithJaeger } from './clew.ts'
import { jaegerWith } from './fake-jaeger.ts'
import { startServer } from './fake-servers.ts'
import { incidentId } from './incident-trace.ts'
import { tracePage } from './trace-page.ts'

const rootId = '0000000000000001'
const span = (at: number) => ({
  traceID: incidentId,
  spanID: (at + 1).toString(16).padStart(16, '0'),
  operationName: `step ${at}`,
  references: at === 0 ? [] : [{ refType: 'CHILD_OF', traceID: incidentId, spanID: rootId }],
  startTime: 1_793_000_000_000_000 + at,
  duration: at === 0 ? 1_000_000 : 1,
  tags: [],
  processID: at === 0 ? 'p1' : 'p2',
})
const head = `{"data":[{"traceID":"${incidentId}","spans":[${JSON.stringify(span(0))}`
const pieceSpans = 5_000

/** Its trace goes on and on: however much must have come, it comes. */
const test = testWithJaeger(() => {
  const others = jaegerWith({})
  return startServer((request, response) => {
    if (!request.url?.startsWith(`/api/traces/${incidentId}`)) return others(request, response)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write(head)
    let spans = 1
    const timer = setInterval(() => {
      const piece = Array.from({ length: pieceSpans }, (_, at) => `,${JSON.stringify(span(spans + at))}`)
      response.write(piece.join(''))
      spans += pieceSpans
    }, 200)
    response.on('close', () => clearInterval(timer))
    return undefined
  })
})

test('a large trace says when it leaves; a service is not hidden before its name has come', async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trace?id=${incidentId}&cut=short:1000000`)
  const trace = tracePage(page)
  const strip = page.getByRole('region', { name: 'Taken out of view' })
  await expect(strip.getByRole('status')).toHaveText('when the trace has been read')
  await trace.rows.nth(1).click()
  await page.keyboard.press('h')
  await expect(page.getByText('The name of this service has not come yet.')).toBeVisible()
  expect(new URL(page.url()).searchParams.getAll('cut')).toEqual(['short:1000000'])
})
