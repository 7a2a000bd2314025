import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dumpDetails, dumpDocument, importChunks } from '../../test/builders/dump-import.ts'

const folder = new URL('../../test/fixtures/', import.meta.url)
const files = globSync('*/*.{json,jsonl,pb,txt,png}', { cwd: folder })
  .filter((file) => !file.endsWith('.golden.txt') && !file.endsWith('.source.json'))
  .sort()
const read = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, folder)))

/** One of each format is cut at every place; the others at some hundred, to keep the time of all tests in seconds. */
const everywhere = new Set([
  'jaeger/old.json',
  'otlp/concatenated.json',
  'tempo/checkout-v1.pb',
  'zipkin/orders.json',
  'zipkin/orders-v1.json',
  'sdk/go-stdouttrace.jsonl',
  'chrome/list.json',
])

test('there are fixtures of every format', () => {
  expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(
    new Set(['chrome', 'invalid', 'jaeger', 'otlp', 'sdk', 'tempo', 'zipkin']),
  )
})

describe.each(files)('%s', (file) => {
  const bytes = read(file)
  const name = basename(file)
  const whole = dumpDocument(name, [bytes])

  test('reads as its golden file shows', async () => {
    const details = file.startsWith('invalid/') ? '' : `\n${dumpDetails(importChunks(name, [bytes]))}`
    await expect(whole + details).toMatchFileSnapshot(new URL(`${file}.golden.txt`, folder).pathname)
  })

  test('reads the same wherever a chunk ends', () => {
    const step = everywhere.has(file) ? 1 : Math.ceil(bytes.length / 120)
    for (let at = 1; at < bytes.length; at += step) {
      const split = dumpDocument(name, [bytes.slice(0, at), bytes.slice(at)])
      if (split !== whole) expect(`split at ${at}\n${split}`).toBe(whole)
    }
  })

  test('reads the same byte by byte', () => {
    expect(
      dumpDocument(
        name,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      ),
    ).toBe(whole)
  })
})
