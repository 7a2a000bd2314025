import { expect, test } from 'vitest'
import { TraceImport } from './index.ts'

/** A document on one line, of two spans and a service of its own. */
function lineOf(index: number): string {
  const spans = [1, 2].map((span) => ({
    traceId: String(index).repeat(32),
    spanId: `${index}${span}`.repeat(8),
    name: 'GET /cart',
    kind: 2,
    startTimeUnixNano: '1793000000000000000',
    endTimeUnixNano: '1793000000000000001',
    attributes: [{ key: 'user', value: { stringValue: 'u{1}}' } }],
  }))
  const attributes = [{ key: 'service.name', value: { stringValue: `s${index}` } }]
  return JSON.stringify({
    resourceSpans: [
      { resource: { attributes }, scopeSpans: [{ scope: { name: 'lib' }, spans, schemaUrl: 'https://x' }] },
    ],
    x: { y: [0] },
  })
}

const logs = JSON.stringify({
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a "{" line' } }] }] }],
})

/** Reads text that comes in pieces of so many bytes. */
function read(text: string, size: number) {
  const into = new TraceImport()
  const document = into.addDocument('a.jsonl', true)
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) document.push(bytes.slice(at, at + size))
  document.end()
  const { error, problems } = document.report
  const services = into.summaries().map(({ rootService, spanCount }) => `${rootService} ${spanCount}`)
  return {
    services: services.sort().join(', '),
    error: error?.message,
    problems: problems.map(({ message }) => message),
  }
}

const lines = [1, 2, 3, 4].map(lineOf)

test.each([
  '{',
  '{"resourceSp',
  '{"resourceSpans"',
  '{"resourceSpans":',
  '{"resourceSpans": [\r',
  '{"resourceSpans":[{"resource":',
  '{"resourceSpans":[{"resource":{',
  '{"resourceSpans":[{"resource":tru',
  '{"resourceSpans":[{"resource":{"attributes":[',
  '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.na',
  '{"resourceSpans":[{"resource":{},"other":',
  '{"resourceSpans":[{"resource":{},"other":"wor',
  '{"resourceSpans":[{"resource":{},"other":{"a":["b",',
  '{"resourceSpans":[{"resource":{},"scopeSpans":[',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name"',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"GET /ca',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a","kind":',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a","kind":2',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a","attributes":[',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a","attributes":[{"key":"k","value":{"stringValue":"v',
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[',
  '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"a li',
])('of a line that ends in %s nothing but itself is lost, wherever it stands', (cut) => {
  for (const size of [1, 7, 100_000]) {
    for (const at of [0, 1]) {
      const { services, error, problems } = read(lines.with(at, cut).join('\n'), size)
      const left = ['s1 2', 's2 2', 's3 2', 's4 2'].filter((_, index) => index !== at).join(', ')
      expect({ size, at, services, error }).toEqual({ size, at, services: left, error: undefined })
      const told = problems.filter((problem) => !problem.includes('logs'))
      expect(told).toHaveLength(1)
      expect(told[0]).toMatch(at === 0 ? /(from|at) (line 1|byte \d+)\b/ : /(from|at) line 2\b/)
    }
  }
})

test('a line cut off at any byte takes nothing of the next along, be that of spans or of logs', () => {
  for (const line of [lines[1], logs]) {
    for (let length = 1; length < line.length; length++) {
      const text = [
        lines[0],
        line.slice(0, length),
        logs.replace('Logs', 'Metrics'),
        lines[2],
        lines[3],
      ].join('\n')
      const { services, error, problems } = read(text, 64)
      expect([length, services.replace(/s2 \d, /, ''), error]).toEqual([
        length,
        's1 2, s3 2, s4 2',
        undefined,
      ])
      expect(problems.join(' ')).toMatch(/(from|at) line 2\b/)
      expect(problems.join(' ')).toContain('1 object of a.jsonl holds OpenTelemetry metrics')
    }
  }
})

test('documents over several lines are whole, one after the other or in a list, however they are laid out', () => {
  const pretty = lines.map((line) => JSON.stringify(JSON.parse(line), null, 2))
  const flush = pretty.map((text) => text.replaceAll(/^ +/gm, ''))
  for (const text of [
    pretty.join('\n'),
    flush.join('\n'),
    [lines[0], pretty[1], lines[2], flush[3]].join('\n'),
    `[\n${lines.join(',\n')}\n]`,
    `{"trace":\n${lines[0]}\n}\n${lines.slice(1).join('\n')}`,
    `${lines.map((line) => `{"result":\n${line}}`).join('\n')}\n\n`,
  ])
    for (const size of [1, 100_000])
      expect(read(text, size)).toEqual({
        services: 's1 2, s2 2, s3 2, s4 2',
        error: undefined,
        problems: [],
      })
})
