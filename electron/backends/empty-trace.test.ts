import { describe, expect, it } from 'vitest'
import { holdsNoSpans } from './empty-trace'

const answer = (first: Uint8Array, contentType: string, ended = true) => ({
  first,
  ended,
  contentType,
  lengthBytes: undefined,
  body: new ReadableStream<Uint8Array>(),
})
const json = (text: string) => answer(new TextEncoder().encode(text), 'application/json')
const protobuf = (...bytes: number[]) => answer(new Uint8Array(bytes), 'application/protobuf')

describe('an answer without spans', () => {
  it.each([
    ['Tempo v2', json('{"trace":{},"metrics":{"inspectedBytes":"12"}}'), true],
    ['Tempo v1', json('{"batches":[]}'), true],
    ['Jaeger v3', json('{"result":{"resourceSpans":[]}}'), true],
    ['Jaeger v1', json('{"data":[],"total":0,"errors":null}'), true],
    ['Zipkin', json('[]'), true],
    ['a trace of Tempo v2', json('{"trace":{"resourceSpans":[{}]}}'), false],
    ['a trace of Zipkin', json('[{}]'), false],
    ['several documents', json('{"result":{}}\n{"result":{"resourceSpans":[{}]}}'), false],
    ['no bytes', protobuf(), true],
    ['statistics only', protobuf(0x12, 0x02, 0x08, 0x01, 0x18, 0x01), true],
    ['an empty trace and a status', protobuf(0x0a, 0x00, 0x18, 0x01), true],
    ['a trace in protobuf', protobuf(0x0a, 0x01, 0x00), false],
    [
      'a trace behind fixed numbers',
      protobuf(0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4, 0x0a, 0x01, 0),
      false,
    ],
    ['something else', protobuf(0x0f, 0x01), false],
  ])('%s', (_, streamed, expected) => {
    expect(holdsNoSpans(streamed)).toBe(expected)
  })

  it('is not one whose end has not come', () => {
    expect(holdsNoSpans(answer(new Uint8Array(), 'application/protobuf', false))).toBe(false)
  })
})
