import { expect, test } from 'vitest'
import { OtlpLogs } from '#shared/investigation/otlp-logs'
import { LogFile } from '#shared/logs/file-lines'
import { otlpLines } from '#shared/logs/otlp-lines'

const traceId = '4be1f0c2a7d94c1e8b03d5c6f2119a7e'
const answer = {
  status: 'success',
  data: {
    resultType: 'streams',
    encodingFlags: ['categorize-labels'],
    result: [
      {
        stream: { service_name: 'payment', pod: 'p-1' },
        values: [
          [
            '1700000000000000002',
            'pool exhausted',
            { structuredMetadata: { trace_id: traceId, level: 'error' } },
          ],
          ['1700000000000000001', 'before it', {}],
          ['soon', 'no time', {}],
        ],
      },
      'nothing',
    ],
  },
}

test('lines become OTLP, each once, and read back they have the labels and metadata they had', () => {
  const logs = new OtlpLogs()
  expect(logs.add(answer)).toEqual({ entries: 2, oldestNs: 1_700_000_000_000_000_001n })
  logs.add(answer)
  expect(logs.size).toBe(2)
  const document = JSON.parse(JSON.stringify(logs.files()[0].value)) as { resourceLogs: unknown[] }
  expect(
    [...otlpLines(document.resourceLogs)].map((said) => ({
      text: said?.text,
      labels: said?.labels,
      metadata: said?.metadata,
    })),
  ).toEqual([
    { text: 'before it', labels: { service_name: 'payment', pod: 'p-1' }, metadata: {} },
    {
      text: 'pool exhausted',
      labels: { service_name: 'payment', pod: 'p-1' },
      metadata: { trace_id: traceId, level: 'error' },
    },
  ])
})

test.each([undefined, {}, { data: { result: 7 } }])('an answer that is none has no lines', (none) => {
  expect(new OtlpLogs().add(none)).toEqual({ entries: 0, oldestNs: undefined })
})

const read = (text: string) => {
  const file = new LogFile('a.log', 10)
  file.push(text)
  return [file.end()!.batch]
}

test('lines of files stand in documents of the sets that hold them, as often as in the files', () => {
  const logs = new OtlpLogs()
  const line = 'level=info ts=2026-10-26T07:33:20.010Z msg=again\n'
  const other = line.replace('again', 'once')
  expect(logs.addFiles(read(`${line}${line}`), 1, 10_000)).toMatchObject({ taken: 2 })
  expect(logs.addFiles(read(`${line}${other}`), 2, 10_000)).toMatchObject({ taken: 2 })
  expect(logs.addFiles(read(`${line}${other}`), 3, 300)).toEqual({ taken: 1, letters: 300 })
  const texts = logs.files().map(({ path, value }) => {
    const { resourceLogs } = value as { resourceLogs: unknown[] }
    return [path, [...otlpLines(resourceLogs)].map((said) => [said?.text, said?.labels['filename']])]
  })
  expect(texts).toEqual([
    ['logs/files-1+2.json', [[line.trim(), 'a.log']]],
    ['logs/files-1.json', [[line.trim(), 'a.log']]],
    ['logs/files-2+3.json', [[other.trim(), 'a.log']]],
  ])
})

const hello = (more: string) => `time=2026-10-26T07:33:20Z level=info ${more}msg=hello\n`
const foundHello = (service: string, more: string) => ({
  stream: { filename: 'a.log', service_name: service },
  values: [['1793000000000000000', hello(more).trim(), { structuredMetadata: { detected_level: 'info' } }]],
})

test('a line of files that name their services in several ways is one, whether it was listed or found', () => {
  const logs = new OtlpLogs()
  logs.addFiles([...read(hello('')), ...read(hello('service=cart '))], 1, 10_000)
  expect(logs.size).toBe(2)
  const result = [foundHello('unknown_service', ''), foundHello('cart', 'service=cart ')]
  logs.add({ data: { resultType: 'streams', result } })
  expect(logs.size).toBe(2)
})
