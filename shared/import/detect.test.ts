import { expect, test } from 'vitest'
import { attributeMessage, field, message, text, varintField } from '../../test/builders/generate-trace.ts'
import { detect } from './detect.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

test.each([
  ['{"data":[]}', { kind: 'json', skip: 0 }],
  ['\n\n  [', { kind: 'json', skip: 0 }],
  ['\n{"resourceSpans"', { kind: 'json', skip: 0 }],
  ['\ufeff{}', { kind: 'json', skip: 3 }],
  ['  ', { kind: 'empty' }],
  ['', { kind: 'empty' }],
  ['<html><title>Sign in</title>', { kind: 'html', title: 'Sign in' }],
  ['<?xml version="1.0"?>', { kind: 'html', title: '' }],
  ['level=info msg=started\nmore', { kind: 'text', beginning: 'level=info msg=started' }],
  ['{"name":"a\u0001b"}', { kind: 'json', skip: 0 }],
])('%j', (content, kind) => {
  expect(detect(text(content))).toEqual(kind)
})

test.each([
  [bytes(0x1f, 0x8b, 8, 0), { kind: 'compressed', by: 'gzip' }],
  [bytes(0x28, 0xb5, 0x2f, 0xfd), { kind: 'compressed', by: 'zstd' }],
  [bytes(0x50, 0x4b, 3, 4), { kind: 'compressed', by: 'zip' }],
  [bytes(0xff, 0xfe, 0x7b, 0), { kind: 'utf-16', isLittle: true, skip: 2 }],
  [bytes(0xfe, 0xff, 0, 0x7b), { kind: 'utf-16', isLittle: false, skip: 2 }],
  [bytes(0x5b, 0, 0x7b, 0), { kind: 'utf-16', isLittle: true, skip: 0 }],
  [bytes(0, 0x7b, 0, 0x22), { kind: 'utf-16', isLittle: false, skip: 0 }],
  [bytes(0, 0, 0, 5, 1, 2, 3), { kind: 'binary' }],
  [bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0), { kind: 'binary' }],
])('%j', (content, kind) => {
  expect(detect(content)).toEqual(kind)
})

const span = field(2, field(5, text('n')))
const scopeSpans = field(2, span)
const resource = field(1, field(1, attributeMessage('service.name', 'shop')))

test.each([
  ['a resource and spans', message(resource, scopeSpans)],
  ['an empty resource', message(field(1, bytes()), scopeSpans)],
  ['no resource', scopeSpans],
  ['the old name of scope_spans', field(1_000, span)],
  ['a resource that only lost attributes', message(field(1, varintField(2, 3)), scopeSpans)],
  [
    '123 bytes, which begins like a line and a brace',
    field(1, message(...Array.from({ length: 5 }, () => field(1, attributeMessage('abcdefgh', 'ijklm'))))),
  ],
])('protobuf with %s is told from what Tempo wraps around it', (_name, resourceSpans) => {
  const traces = field(1, resourceSpans)
  expect(detect(traces)).toEqual({ kind: 'protobuf', wraps: 'nothing' })
  expect(detect(message(field(1, traces), varintField(3, 1)))).toEqual({ kind: 'protobuf', wraps: 'tempo' })
  expect(detect(message(bytes(0, 0, 0, traces.length), traces))).toEqual({
    kind: 'protobuf',
    wraps: 'lengths',
  })
})

test('a trace that Tempo does not have is Tempo protobuf', () => {
  expect(detect(field(1, bytes()))).toEqual({ kind: 'protobuf', wraps: 'tempo' })
  expect(detect(field(2, varintField(1, 500)))).toEqual({ kind: 'protobuf', wraps: 'tempo' })
})
