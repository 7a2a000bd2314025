import { expect, test } from 'vitest'
import { fileKind, type Manifest } from '#shared/investigation/manifest'
import { ownRule, usualRules } from '#shared/investigation/redact-rules'
import { readThread } from '#shared/thread/schema'
import type { Step } from '#shared/thread/thread'
import { keyOfFiles } from './files-source'
import { jsonFile } from './gathered-file'
import { redact } from './redacting'
import { partsOfPlace } from './thread-place'

const query = '{service_name="payment"} |= "ada@example.com"'
const step: Step = {
  id: 'a',
  parent: '',
  place: `/logs?${new URLSearchParams({ query, from: '1', to: '2' })}`,
  signal: 'log',
  title: 'Lines of payment',
  sources: ['Loki at 10.1.2.3'],
  query,
  count: '1 line',
  atMs: 1,
  name: '',
  note: 'Ask ada@example.com.',
  isPinned: false,
}
const manifest: Manifest = {
  kind: fileKind,
  version: 1,
  savedMs: 1,
  writtenBy: '0.1.0',
  thread: { id: 't', name: '', summary: '', steps: [step], current: 'a', tip: 'a' },
  sources: [{ id: 'l', name: 'Loki at 10.1.2.3', kind: 'loki' }],
  holds: { traces: 0, lines: 1, series: 0 },
  opened: [],
  peers: [],
  notes: [],
  redacted: [],
  logFacts: {},
  serviceSlots: {},
}

test('questions, notes and data are redacted alike, so that a step still finds its lines', async () => {
  const files = [
    jsonFile('logs/lines.json', { body: 'login of ada@example.com failed, as that of bob@example.com' }),
    { path: 'traces/a.json', content: new Uint8Array([1, 2, 3]) },
  ]
  const gathered = { files, holds: manifest.holds, opened: [], peers: [], notes: [] }
  const after = await redact(manifest, gathered, usualRules)
  const [{ place, query: asked, note, sources }] = after.manifest.thread.steps
  const hidden = '{service_name="payment"} |= "email-1"'
  expect({ asked, note, sources, inPlace: new URLSearchParams(place.split('?')[1]).get('query') }).toEqual({
    asked: hidden,
    note: 'Ask email-1.',
    sources: ['Loki at ip-1'],
    inPlace: hidden,
  })
  expect(after.gathered.files.map(({ path, content }) => [path, new TextDecoder().decode(content)])).toEqual([
    ['logs/lines.json', '{"body":"login of email-1 failed, as that of email-2"}'],
  ])
  expect(after.manifest).toMatchObject({
    sources: [{ id: 'l', name: 'Loki at ip-1', kind: 'loki' }],
    notes: ['traces/a.json could not be redacted, and is not in the file.'],
    redacted: [
      { what: 'E-mail addresses', values: 2 },
      { what: 'IP addresses', values: 1 },
    ],
  })
})

test('without rules nothing is changed', async () => {
  const gathered = { files: [], holds: manifest.holds, opened: [], peers: [], notes: [] }
  expect(await redact(manifest, gathered, [])).toEqual({ manifest, gathered })
})

test('a step whose words grow when they are redacted can still be read', async () => {
  const thread = { ...manifest.thread, steps: [{ ...step, note: 'a@b.co '.repeat(2_850) }] }
  const gathered = { files: [], holds: manifest.holds, opened: [], peers: [], notes: [] }
  const after = await redact({ ...manifest, thread }, gathered, usualRules)
  expect(readThread(after.manifest.thread)).toMatchObject({ lost: 0 })
})

test('what was said of opened files is redacted as the place that names them, so that the step still finds it', async () => {
  const place = `/files?${new URLSearchParams({ file: 'ada@example.com' })}`
  const file = {
    name: 'log of ada@example.com',
    format: 'logfmt',
    bytes: 9,
    spans: 0,
    lines: 1,
    series: 0,
    wasRead: true,
    error: { message: 'ada@example.com', detail: 'bob@example.com', advice: '' },
    warnings: ['1 line of log of ada@example.com'],
  }
  const opened = [
    {
      number: 1,
      key: 'ada@example.com',
      files: [file],
      listed: 1,
      traces: [{ id: 'a', files: ['bob@example.com'] }],
    },
  ]
  const thread = { ...manifest.thread, steps: [{ ...step, place }] }
  const gathered = { files: [], holds: manifest.holds, opened, peers: [], notes: [] }
  const after = (await redact({ ...manifest, thread, opened }, gathered, usualRules)).manifest
  expect(JSON.stringify(after)).not.toContain('example.com')
  const { path, query: rest } = partsOfPlace(after.thread.steps[0].place)
  expect([path, keyOfFiles(new URLSearchParams(rest))]).toEqual(['/files', after.opened[0].key])
  expect(after.opened[0].files[0].warnings).toEqual(['1 line of log of email-1'])
})

test('a span whose names are redacted still finds how it compared with others', async () => {
  const [service, operation] = ['checkout of ada@example.com', 'GET /users/ada@example.com']
  const peers = [
    {
      service,
      operation,
      kind: 'server',
      startMs: 1,
      endMs: 2,
      traceId: 'a',
      source: 'Tempo of ada@example.com',
      metric: undefined,
      query: `{ name = "${operation}" }`,
      isSample: false,
      isOfFiles: false,
      notes: ['ada@example.com was asked'],
      durations: { kind: 'single', ns: [1, 2] },
    },
  ] as const
  const span = { resource: [attribute('service.name', service)], name: operation }
  const files = [jsonFile('traces/a.json', span)]
  const gathered = { files, holds: manifest.holds, opened: [], peers, notes: [] }
  const after = await redact({ ...manifest, peers }, gathered, usualRules)
  const [left] = after.manifest.peers
  expect(JSON.parse(new TextDecoder().decode(after.gathered.files[0].content))).toEqual({
    resource: [attribute('service.name', left.service)],
    name: left.operation,
  })
  expect(left).toEqual({
    ...peers[0],
    service: 'checkout of email-1',
    operation: 'GET /users/email-1',
    source: 'Tempo of email-1',
    query: '{ name = "GET /users/email-1" }',
    notes: ['email-1 was asked'],
  })
})

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } })

test('who is named by one attribute is gone from addresses, statements and lines of all documents; services keep their names', async () => {
  const files = [
    jsonFile('logs/lines.json', { body: 'token of u-20781 verified, not that of u-207812; login: failed' }),
    jsonFile('traces/a.json', [
      attribute('service.name', 'web-bff'),
      attribute('user_id', 'u-20781'),
      attribute('user.name', 'Ada Lovelace'),
      attribute('enabled.user', 'true'),
      attribute('host.name', 'node-7.internal'),
      attribute('server.address', 'web-bff'),
      attribute('url.full', 'http://node-7.internal:8080/carts/u-20781?name=Ada Lovelace&on=true'),
      attribute('db.query.text', "delete from carts where owner = 'u-20781'"),
    ]),
  ]
  const thread = { ...manifest.thread, steps: [{ ...step, note: 'It failed for u-20781 at web-bff.' }] }
  const gathered = { files, holds: manifest.holds, opened: [], peers: [], notes: [] }
  const after = await redact({ ...manifest, thread }, gathered, usualRules)
  const texts = after.gathered.files.map(({ content }) => new TextDecoder().decode(content))
  expect([after.manifest.thread.steps[0].note, texts[0]]).toEqual([
    'It failed for user-1 at web-bff.',
    '{"body":"token of user-1 verified, not that of u-207812; login: user-2"}',
  ])
  expect(JSON.parse(texts[1])).toEqual([
    attribute('service.name', 'web-bff'),
    attribute('user_id', 'user-1'),
    attribute('user.name', 'user-3'),
    attribute('enabled.user', 'user-4'),
    attribute('host.name', 'host-1'),
    attribute('server.address', 'web-bff'),
    attribute('url.full', 'http://host-1:8080/carts/user-1?name=user-3&on=true'),
    attribute('db.query.text', "delete from carts where owner = 'user-1'"),
  ])
  expect(after.manifest.redacted).toContainEqual({ what: 'User names and ids', values: 4 })
})

test('who is named in a line is gone from other lines, attributes, notes and questions; a word of a sentence stays', async () => {
  const lines = [
    'level=info msg="hello bob_smith and dave_miller" user=bob_smith',
    '{"msg":"zoe_king x","user":"zoe_king"}',
    String.raw`{"inner":"{\"user\":\"amy_lee\"}"}`,
    '{"user":{"name":"kim_wu","role":"editor"},"msg":"editor kim_wu"}',
    'GET /a?user=lou_roe&b=1',
    'user=[moe_fox, ned_orr] ned_orr',
    'amy_lee met lou_roe, whose login: failed',
    'user=system of the system, user=null, user=17, user=j and 17 j',
    'join on a.user_id = owner where the owner failed',
  ]
  const files = [
    jsonFile('logs/lines.json', lines),
    jsonFile('traces/a.json', [
      attribute('user.name', 'dave_miller'),
      attribute('note', 'dave_miller, bob_smith'),
    ]),
    jsonFile('series/a.json', { metric: { owner: 'zoe_king' } }),
  ]
  const query = '{service_name="web"} |= "bob_smith"'
  const place = `/logs?${new URLSearchParams({ query })}`
  const thread = { ...manifest.thread, steps: [{ ...step, place, query, note: 'bob_smith and dave_miller' }] }
  const gathered = { files, holds: manifest.holds, opened: [], peers: [], notes: [] }
  const after = await redact({ ...manifest, thread }, gathered, usualRules)
  const [left] = after.manifest.thread.steps
  const hidden = '{service_name="web"} |= "user-1"'
  expect([left.query, left.place, left.note]).toEqual([
    hidden,
    `/logs?${new URLSearchParams({ query: hidden })}`,
    'user-1 and user-2',
  ])
  const documents = after.gathered.files.map(({ content }): unknown =>
    JSON.parse(new TextDecoder().decode(content)),
  )
  expect(documents).toEqual([
    [
      'level=info msg="hello user-1 and user-2" user=user-1',
      '{"msg":"user-3 x","user":"user-3"}',
      String.raw`{"inner":"{\"user\":\"user-4\"}"}`,
      '{"user":{user-5},"msg":"editor user-6"}',
      'GET /a?user=user-7&b=1',
      'user=[user-8] user-9',
      'user-4 met user-7, whose login: user-10',
      'user=user-11 of the system, user=user-12, user=user-13, user=user-14 and 17 j',
      'join on a.user_id = user-15 where the owner failed',
    ],
    [attribute('user.name', 'user-2'), attribute('note', 'user-2, user-1')],
    { metric: { owner: 'user-3' } },
  ])
})

test('what a person adds stands nowhere in the file, nor in what that says was taken out', async () => {
  const rule = ownRule('zebrafish')
  if (!rule) throw new Error('It is a rule.')
  const thread = { ...manifest.thread, steps: [{ ...step, note: 'Only zebrafish saw it.' }] }
  const logFacts = { l: { names: { zebrafish: 'zebrafish-prod' }, holds: { zebrafish: true } } }
  const gathered = {
    files: [jsonFile('logs/lines.json', { body: 'zebrafish logged in' })],
    holds: manifest.holds,
    opened: [],
    peers: [],
    notes: [],
  }
  const after = await redact({ ...manifest, thread, logFacts }, gathered, [rule])
  expect(JSON.stringify(after.manifest)).not.toContain('zebrafish')
  expect(after.manifest.redacted).toEqual([{ what: 'Words of one’s own', values: 1 }])
  expect(after.manifest.logFacts).toEqual({
    l: { names: { 'redacted-1': 'redacted-1-prod' }, holds: { 'redacted-1': true } },
  })
})
