/** What a query finds; that Loki finds the same is tested with Loki itself (`test/servers/logql.test.ts`). */
import { expect, test } from 'vitest'
import { logStore } from '../../../test/builders/log-store.ts'
import { findLines } from './lines.ts'
import { LogqlError } from './logql-error.ts'
import { parseLogql } from './parse.ts'

const store = logStore(
  [
    {
      stream: { app: 'shop', pod: 'a' },
      values: [
        ['1001', '{"level":"error","took":"1.5s","user":{"id":7},"pod":"inside"}', { region: 'eu' }],
        ['1003', '{"level":"info","took":"12ms","size":"3KB"}'],
        ['1005', 'no json'],
      ],
    },
    {
      stream: { app: 'web' },
      values: [
        ['1002', 'level=warn msg="a b" status=404'],
        ['1004', '10.0.0.7 - "GET /cart" 200'],
      ],
    },
  ],
  1000n,
)

const everything = { fromNs: 0, toNs: 10, direction: 'forward' } as const

async function found(query: string, range: Parameters<typeof findLines>[2] = everything) {
  const lines = []
  for await (const line of findLines(parseLogql(query), store, range)) lines.push(line)
  return lines
}

async function times(query: string, range?: Parameters<typeof findLines>[2]): Promise<string> {
  return (await found(query, range)).map(({ timeNs }) => timeNs).join(' ')
}

test.each<[query: string, times: string]>([
  ['{app=~".+"}', '1 2 3 4 5'],
  ['{app="shop"}', '1 3 5'],
  ['{app="shop"} |= "level" != "info"', '1'],
  ['{app=~".+"} |~ "(?i)LEVEL.*(warn|info)"', '2 3'],
  ['{app=~".+"} |= "no" or "GET"', '4 5'],
  ['{app=~".+"} |> "<_> - <_>"', '4'],
  ['{app=~".+"} |= ip("10.0.0.0/24")', '4'],
  ['{app="shop"} | json | __error__="JSONParserErr"', '5'],
  ['{app="shop"} | json | took > 100ms', '1'],
  ['{app="shop"} | json | took <= 12ms', '3'],
  ['{app="shop"} | json | size = 3KB', '3'],
  ['{app="shop"} | json | user_id = 7', '1'],
  ['{app="shop"} | json id="user.id" | id="7"', '1'],
  ['{app="shop"} | json | pod_extracted="inside"', '1'],
  // What is no number goes on, with an error.
  ['{app="shop"} | json | level > 5', '1 3'],
  ['{app="shop"} | json | level > 5 | __error__=""', ''],
  ['{app="web"} | logfmt | status >= 400 and msg="a b"', '2'],
  ['{app="web"} | pattern `<ip> - "<method> <_>" <status>` | method="GET"', '4'],
  ['{app="web"} | regexp "(?P<code>\\\\d{3})$" | code < 300', '4'],
  ['{app="shop"} | region="eu"', '1'],
])('%s finds %s', async (query, expected) => {
  expect(await times(query)).toBe(expected)
})

test('lines are asked for from a moment on, up to another one, from either end', async () => {
  expect(await times('{app=~".+"}', { fromNs: 2, toNs: 4, direction: 'forward' })).toBe('2 3')
  expect(await times('{app=~".+"}', { fromNs: 2, toNs: 5, direction: 'backward' })).toBe('4 3 2')
})

test('labels come by where they are from', async () => {
  const [line] = await found('{app="shop"} | json level, took="took" | label_format grade=level | drop took')
  expect(line).toEqual({
    timeNs: 1,
    text: '{"level":"error","took":"1.5s","user":{"id":7},"pod":"inside"}',
    stream: [
      ['app', 'shop'],
      ['pod', 'a'],
    ],
    metadata: [['region', 'eu']],
    parsed: [['grade', 'error']],
  })
})

test('a line is written anew', async () => {
  const query =
    '{app="shop"} |= "1.5s" | json | line_format "{{ToUpper .level | trunc 3}} {{if eq .region `eu`}}{{.user_id}}{{end}}"'
  expect((await found(query)).map(({ text }) => text)).toEqual(['ERR 7'])
})

test.each(['add', 'and', 'or', 'maxf'])(
  'a function without what it needs leaves the line, with an error: %s',
  async (name) => {
    const [line] = await found(`{app="shop"} | line_format "{{${name}}}"`)
    expect(line.parsed).toContainEqual(['__error__', 'TemplateFormatErr'])
  },
)

test('what counts answers with no lines', async () => {
  await expect(found('rate({app="shop"}[1m])')).rejects.toThrow(LogqlError)
})

test('a search that is given up stops', async () => {
  const signal = { aborted: true, reason: new Error('given up') }
  const search = findLines(parseLogql('{app="shop"}'), store, everything, { signal })
  await expect(search.next()).rejects.toThrow('given up')
})

test('a template that doubles what it writes is refused at its place', async () => {
  const doubles = ' | line_format "{{__line__}}{{__line__}}"'
  const query = `{app="shop"}${doubles.repeat(40)}`
  await expect(found(query)).rejects.toMatchObject({
    kind: 'limit',
    from: query.indexOf('"{{') + 15 * doubles.length,
    message: expect.stringContaining('more than') as unknown,
  })
  await expect(found(`{app="shop"} | label_format a="{{ alignLeft 999999999 .app }}"`)).rejects.toThrow(
    'more than',
  )
  await expect(found(`{app="shop"}${' | label_format app="{{.app}}{{.app}}"'.repeat(40)}`)).rejects.toThrow(
    'more than',
  )
  const replaces = ' | replace "o" "oooooooooo"'.repeat(20)
  await expect(found(`{app="shop"} | line_format \`{{ .app ${replaces}}}\``)).rejects.toThrow('more than')
})

test('an expression that a line is too long for is refused at its place', async () => {
  const long = logStore([{ stream: { app: 'shop' }, values: [['1', 'a'.repeat(1_000_000)]] }], 0n)
  const query = '{app="shop"} |~ "(?:a?){500}a{500}q"'
  const lines = findLines(parseLogql(query), long, everything)
  await expect(lines.next()).rejects.toMatchObject({ from: query.indexOf('"('), to: query.length })
})

test.each([
  ['long lines', 'a'.repeat(1_000_000), '|~ "x"', 5],
  ['many stages', 'a'.repeat(50_000), '|~ "a"'.repeat(20), 5],
])('%s let others have their turn', async (_what, line, stages, expected) => {
  const values = Array.from({ length: 10 }, (_, at) => [String(at), line] as const)
  const long = logStore([{ stream: { app: 'shop' }, values }], 0n)
  let pauses = 0
  const pause = async (): Promise<void> => {
    pauses++
    await Promise.resolve()
  }
  for await (const _ of findLines(parseLogql(`{app="shop"} ${stages}`), long, everything, { pause }));
  expect(pauses).toBe(expected)
})
