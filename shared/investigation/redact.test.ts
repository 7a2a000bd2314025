import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Redaction } from '#shared/investigation/redact'
import { ownRule, usualRules } from '#shared/investigation/redact-rules'

const all = (): Redaction => new Redaction(usualRules)
const words = (list: readonly string[]) => list.map((word) => ({ stringValue: word }))

test('short numbers and common words go under their name alone, and that is counted', () => {
  const redaction = new Redaction(['app.order.number'].flatMap((text) => ownRule(text) ?? []))
  const lines = {
    'app.order.number': '81515',
    body: 'order=81515',
    id: { 'app.order.number': 'order-x-81516' },
  }
  redaction.json(lines)
  redaction.spread()
  expect(redaction.json(lines)).toMatchObject({ body: 'order=81515' })
  expect(redaction.found()).toMatchObject([{ values: 2, underName: 1 }])
})

test('a word of a sentence goes behind its key alone, and is counted so; what is known by its form goes everywhere', () => {
  const redaction = new Redaction([...usualRules, ...['zebrafish'].flatMap((text) => ownRule(text) ?? [])])
  const lines = ['login: refused', 'refused to ada', 'user=ada', 'a zebrafish']
  redaction.json(lines)
  redaction.spread()
  expect(redaction.json(lines)).toEqual(['login: user-1', 'refused to user-2', 'user=user-2', 'a redacted-1'])
  expect(redaction.found().filter(({ values }) => values > 0)).toMatchObject([
    { rule: { id: 'users' }, values: 2, underName: 1 },
    { rule: { id: 'own:zebrafish' }, values: 1, underName: 0 },
  ])
})

test.each([
  ['login of ada@example.com failed', 'login of email-1 failed'],
  ['from 10.2.0.15:443 to 2001:db8::1', 'from ip-1:443 to ip-2'],
  ['Authorization: Bearer abcdef123456', 'Authorization: Bearer secret-1'],
  ['password=hunter2&next=1', 'password=secret-1&next=1'],
  ['{"api_key":"k-1234","n":1}', '{"api_key":"secret-1","n":1}'],
  ['postgres://shop:hunter2@db/orders', 'postgres://shop:secret-1@db/orders'],
  ['eyJhbGciOi.eyJzdWIiOi.c2ln is out of date', 'secret-1 is out of date'],
  ['user=ada paid', 'user=user-1 paid'],
  ['x{user_id=~"ada", instance!="db-7:9090"}', 'x{user_id=~"user-1", instance!="host-1"}'],
  ['user=user-4711 on host=ip-10-0-0-1', 'user=user-1 on host=host-1'],
  ['user=ada@example.com password=secret-sauce-2026', 'user=email-1 password=secret-1'],
  ['user=\uFDD0ada\uFDD1', 'user=user-1'],
  ['{"msg":"{\\"password\\":\\"hunter2\\"}"}', '{"msg":"{\\"password\\":\\"secret-1\\"}"}'],
  [
    'redis://:hunter2@cache:6379/0, amqp://shop:a@b:c@mq',
    'redis://:secret-1@cache:6379/0, amqp://shop:secret-2@mq',
  ],
  ['AWS_SECRET_ACCESS_KEY=hunter2', 'AWS_SECRET_ACCESS_KEY=secret-1'],
  ['Server=db;Pwd=$hunter2;', 'Server=db;Pwd=secret-1;'],
  ['password: "correct horse"', 'password: "secret-1"'],
  ['{"password":["hunter2","hunter3"]}', '{"password":[secret-1]}'],
  ['Authorization: Token hunter2', 'Authorization: Token secret-1'],
  ['authorization=Digest username="ada", response="c0ffee"', 'authorization=Digest secret-1'],
  ['Cookie: theme=dark; session=hunter2', 'Cookie: secret-1'],
  ['?next=%2F%3Fpassword%3Dhunter2&mail=ada%40example.com', '?next=%2F%3Fpassword%3Dsecret-1&mail=email-1'],
  ['java -jar shop.jar --db-password hunter2 --port 1', 'java -jar shop.jar --db-password secret-1 --port 1'],
  ['<ns:password>hunter2</ns:password>', '<ns:password>secret-1</ns:password>'],
  ['password => hunter2', 'password => secret-1'],
  ['from jörg@example.com', 'from email-1'],
  ['login with password hunter2 failed', 'login with password secret-1 failed'],
  ['the passphrase is tr0ub4dor, quoted', 'the passphrase is secret-1, quoted'],
  ['curl -sS -u ada:hunter2 https://a/', 'curl -sS -u ada:secret-1 https://a/'],
  ['https://a.blob/x?se=2026&sig=abc%2Fdef%3D&sr=b', 'https://a.blob/x?se=2026&sig=secret-1&sr=b'],
  ['card 4111 1111 1111 1111', 'card number-1'],
])('%s', (text, expected) => {
  expect(all().text(text)).toBe(expected)
})

test.each([
  'connection pool exhausted, waited 4500ms for available connection',
  'at std::vector, 12:34:56, version 2.14.0, 1.2.3.4.5',
  'took 1795861349496 ns, order 81350, trace 4be1f0c2a7d94c1e8b03d5c6f2119a7e',
  'GET /users/7 200',
  'the password reset of the page was sent, password is wrong',
  'docker run -u 1000:1000 shop',
  'SELECT * FROM t WHERE user_id = $1 AND token = ? AND customer = :name',
])('what is none of these stays: %s', (text) => {
  expect(all().text(text)).toBe(text)
})

test('equal things stay equal, in whatever document and form they stand', () => {
  const redaction = all()
  const span = {
    traceId: '4be1f0c2a7d94c1e8b03d5c6f2119a7e',
    attributes: [
      { key: 'user.id', value: { intValue: '42' } },
      { key: 'http.url', value: { stringValue: 'https://a/?email=ada@example.com' } },
      { key: 'loki.resource.labels', value: { stringValue: 'user, host' } },
    ],
  }
  expect(redaction.json(span)).toEqual({
    ...span,
    attributes: [
      { key: 'user.id', value: { stringValue: 'user-1' } },
      { key: 'http.url', value: { stringValue: 'https://a/?email=email-1' } },
      span.attributes[2],
    ],
  })
  expect(redaction.json({ metric: { user_id: '42', job: 'a' }, values: [[1, '42']] })).toEqual({
    metric: { user_id: 'user-1', job: 'a' },
    values: [[1, '42']],
  })
  expect(redaction.found().find(({ rule }) => rule.id === 'users')).toMatchObject({
    values: 1,
    places: 2,
    names: [{ value: '42', instead: 'user-1' }],
  })
})

test.each([
  'http.request.header.cookie',
  'http.response.header.set-cookie',
  'aws.secret_access_key',
  'session.id',
  'db.user',
])('the value of %s goes', (key) => {
  const [value] = ['theme=dark; sid=17']
  expect(JSON.stringify(all().json({ key, value: { stringValue: value } }))).not.toContain('17')
  expect(JSON.stringify(all().json({ [key]: [value, { inner: value }] }))).not.toContain('17')
})

test('what follows the option of a command goes', () => {
  expect(
    all().json({
      key: 'process.command_args',
      value: {
        arrayValue: {
          values: words(['--db-password', 'hunter2', '--port', '1', '-u', 'ada:hunter2', '-u', '1000:1000']),
        },
      },
    }),
  ).toEqual({
    key: 'process.command_args',
    value: {
      arrayValue: {
        values: words(['--db-password', 'secret-1', '--port', '1', '-u', 'ada:secret-1', '-u', '1000:1000']),
      },
    },
  })
})

// By what it costs, not by a clock: begun at every letter, each of these takes a minute and more.
test.each([
  'a',
  'a.',
  'a-',
  'token',
  'password ',
  '-u a:b ',
  '://a:',
  'password="',
  'password:{',
  'Cookie: a=b; ',
])('a long text of %j is looked through once', { timeout: 20_000 }, (part) => {
  const text = part.repeat(200_000)
  expect(all().text(`${text} ada@example.com`)).toMatch(/email-1|secret-1/)
})

test('a value that is too long to be looked through goes as a whole', () => {
  expect(all().text(`password=${'a'.repeat(20_000_000)}`)).toBe('secret-1')
})

test('a value that looks like what is put in its place goes too, and is told from it', () => {
  expect(all().json([{ user_id: 'user-2' }, { user_id: 'ada' }, { user_id: 'user-2' }])).toEqual([
    { user_id: 'user-1' },
    { user_id: 'user-2' },
    { user_id: 'user-1' },
  ])
})

test('a rule of one’s own is the name of an attribute, a text, or an expression', () => {
  const rules = ['tenant', '/order-\\d+/'].flatMap((text) => ownRule(text) ?? [])
  const redaction = new Redaction(rules)
  expect(redaction.json({ tenant: 'acme', body: 'order-17 of the tenant' })).toEqual({
    tenant: 'redacted-1',
    body: 'redacted-3 of the redacted-2',
  })
  expect(['', '/(/', '/x*/', '/(a+)+b/'].map(ownRule)).toEqual(Array(4).fill(undefined))
})

test('nothing that was taken out is left anywhere, and what has no such thing is unchanged', () => {
  const secret = fc.constantFrom('ada@example.com', '10.20.30.40', 'bob@a.io')
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.tuple(fc.lorem({ maxCount: 3 }), secret, fc.lorem({ maxCount: 3 })).map((parts) => parts.join(' ')),
      fc.integer(),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.lorem({ maxCount: 1 }), tie('any'), { maxKeys: 3 }),
    ),
  })).any
  fc.assert(
    fc.property(value, (json) => {
      const text = JSON.stringify(all().json(json))
      expect(text).not.toMatch(/ada@example\.com|10\.20\.30\.40|bob@a\.io/)
    }),
  )
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(new Redaction([]).json(json)).toEqual(json)
    }),
  )
})

test('rules that overlap keep equal things equal, different ones different, and attributes by their names', () => {
  const own = ['service.instance.id', 'k8s.pod.name', '/payments-\\w+/'].flatMap(
    (text) => ownRule(text) ?? [],
  )
  const redaction = new Redaction([...usualRules, ...own])
  const document = {
    attributes: [
      { key: 'service.instance.id', value: { stringValue: 'pay-88c4t' } },
      { key: 'k8s.pod.name', value: { stringValue: 'pod-7' } },
      { key: 'db.name', value: { stringValue: 'payments-db' } },
    ],
    labels: { instance: 'pay-88c4t' },
  }
  redaction.json(document)
  redaction.spread()
  const { attributes, labels } = redaction.json(document) as typeof document
  expect(attributes.map(({ key }) => key)).toEqual(['service.instance.id', 'k8s.pod.name', 'db.name'])
  const [instance, pod, db] = attributes.map(({ value }) => value.stringValue)
  expect(labels.instance).toBe(instance)
  expect(new Set([instance, pod, db]).size).toBe(3)
  for (const name of [instance, pod, db]) expect(name).toMatch(/^(?:host|redacted)-\d+$/)
})
