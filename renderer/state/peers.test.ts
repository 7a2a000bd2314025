import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { Source, SourceKind } from '#shared/api/contract'
import { peerSources, peersToSave } from './peers'

const source = (id: string, kind: SourceKind): Source =>
  ({ id, name: id, kind, capabilities: capabilitiesOf(kind) }) as Source
const all = [
  source('demo', 'local'),
  source('jaeger', 'jaeger'),
  source('prometheus', 'prometheus'),
  source('files:a', 'files'),
]

const asked = (cameFrom: readonly string[], isSaved: boolean) => {
  const { metrics, traces } = peerSources(all, cameFrom, isSaved)
  return { metrics: metrics.map(({ id }) => id), traces: traces?.id }
}

test('peers are no simulated ones, but of a simulated span; of a saved investigation nobody else is asked', () => {
  const others = ['prometheus', 'files:a'].filter((id) =>
    all.some((one) => one.id === id && one.capabilities.metrics),
  )
  expect([asked(['jaeger'], false), asked(['demo'], false), asked(['files:a'], true)]).toEqual([
    { metrics: others, traces: 'jaeger' },
    { metrics: ['demo', ...others], traces: 'demo' },
    { metrics: others.filter((id) => id === 'files:a'), traces: 'files:a' },
  ])
})

test('a server that sends whole traces is not asked for what is saved; what was seen of it is, up to when that was', async () => {
  const client = new QueryClient()
  const sources = peerSources([source('jaeger', 'jaeger')], ['jaeger'], false)
  const subject = { service: 'payment', operation: 'POST /pay', kind: 'server' } as const
  const ask = { subject, window: { startMs: 1, endMs: 9 } }
  expect(await peersToSave(client, sources, ask, 't')).toBeUndefined()
  const answer = {
    durations: { kind: 'single', ns: [1, 2] },
    source: 'jaeger',
    metric: undefined,
    query: 'service=payment',
    isSample: true,
    isOfFiles: false,
    notes: [],
  }
  client.setQueryData(['peers', 'searched', 'jaeger', 'payment', 'POST /pay', 'server', 1, 5], answer)
  expect(await peersToSave(client, sources, ask, 't')).toEqual({
    ...subject,
    ...answer,
    startMs: 1,
    endMs: 5,
    traceId: 't',
  })
  // Of another operation nothing was seen.
  const other = { ...ask, subject: { ...subject, operation: 'GET /pay' } }
  expect(await peersToSave(client, sources, other, 't')).toBeUndefined()
})
