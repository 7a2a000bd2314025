import { expect, test } from 'vitest'
import { OtlpLogs } from '#shared/investigation/otlp-logs'
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
  const document = JSON.parse(JSON.stringify(logs.document())) as { resourceLogs: unknown[] }
  expect(
    [...otlpLines(document.resourceLogs)].map(({ text, labels, metadata }) => ({ text, labels, metadata })),
  ).toEqual([
    {
      text: 'pool exhausted',
      labels: { service_name: 'payment', pod: 'p-1' },
      metadata: { trace_id: traceId, level: 'error' },
    },
    { text: 'before it', labels: { service_name: 'payment', pod: 'p-1' }, metadata: {} },
  ])
})

test.each([undefined, {}, { data: { result: 7 } }])('an answer that is none has no lines', (none) => {
  expect(new OtlpLogs().add(none)).toEqual({ entries: 0, oldestNs: undefined })
})
