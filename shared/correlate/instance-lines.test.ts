import { expect, test } from 'vitest'
import { readAnswer } from '#shared/logs/read-lines'
import { parseLogql } from '#shared/query/logql/parse'
import { namingField, namingQuery } from './instance-lines'

const line = (stream: Record<string, string>, structuredMetadata: Record<string, string> = {}) => {
  const result = [{ stream, values: [['1', 'text', { structuredMetadata }]] }]
  return { batch: readAnswer({ data: { resultType: 'streams', result } }, 'newest').batch, at: 0 }
}

test('an instance is looked for by every usual name, with and without its port', () => {
  const query = namingQuery('{app="a"} |= "x"', '10.0.0.1:8080')
  expect(() => parseLogql(query)).not.toThrow()
  expect(query).toContain('{app="a"} |= "x" | service_instance_id="10.0.0.1:8080"')
  expect(query).toContain(' or host="10.0.0.1" or ')
})

test('the line that is found says which field it is, a label before metadata', () => {
  expect(namingField(line({ app: 'a', pod: 'p-1' }, { host: 'p-1' }), 'p-1')).toEqual({
    kind: 'label',
    name: 'pod',
    value: 'p-1',
  })
  expect(namingField(line({ app: 'a' }, { host: '10.0.0.1' }), '10.0.0.1:8080')).toEqual({
    kind: 'metadata',
    name: 'host',
    value: '10.0.0.1',
  })
  expect(namingField(line({ app: 'p-1' }, { pod: 'p-2' }), 'p-1')).toBeUndefined()
})
