import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zipOf } from '../../test/builders/zip'
import type { Environment } from './environment'
import { documentsOf, type InputDocument } from './documents'
import { Failure } from './failures'
import type { TraceInput } from './messages'

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const environment: Environment = {
  fetch: () => Promise.reject(new TypeError('fetch failed')),
  now: () => 0,
  pause: () => Promise.resolve(),
  allocate: (byteLength) => new ArrayBuffer(byteLength),
  mostBytes: 2 ** 30,
}
const { signal } = new AbortController()
const blobOf = (...files: Parameters<typeof zipOf>): Blob => new Blob([zipOf(...files)])

const documents = (...inputs: TraceInput[]) => documentsOf(inputs, environment, signal)
const file = (name: string, file: Blob): TraceInput => ({ kind: 'file', name, file })

/** Its bytes as text, cut after a little; or why it is not read. */
async function told(document: InputDocument): Promise<string> {
  const { name, sameAs } = document
  if (sameAs !== undefined) return `${name} = ${sameAs}`
  try {
    const { chunks } = await document.open(() => undefined)
    let text = ''
    for await (const chunk of chunks) if (text.length < 100) text += new TextDecoder().decode(chunk)
    return `${name}: ${text.slice(0, 40)}`
  } catch (thrown) {
    if (thrown instanceof Failure) return `! ${thrown.error.message}`
    throw thrown
  }
}
const all = async (...inputs: TraceInput[]) => Promise.all((await documents(...inputs)).map(told))

test.each([false, true])('what is in a zip is read, however it is packed (64 bits: %s)', async (wide) => {
  const zip = blobOf(
    [
      { path: 'traces/', content: utf8(''), method: 0 },
      { path: 'traces/shop/a.json', content: utf8('{"a":1}') },
      { path: 'stored.json', content: utf8('{"b":2}'), method: 0 },
      { path: 'zstd.json', content: utf8('{"c":3}'), method: 93 },
      { path: 'inner.json.gz', content: gzipSync('{"d":4}'), method: 0 },
      { path: 'inner.json.zst', content: zstdCompressSync('{"e":5}'), method: 0 },
      { path: '__MACOSX/._a.json', content: utf8('x') },
    ],
    wide,
  )
  expect(await all(file('x.zip', zip))).toEqual([
    'x.zip › traces/shop/a.json: {"a":1}',
    'x.zip › stored.json: {"b":2}',
    'x.zip › zstd.json: {"c":3}',
    'x.zip › inner.json.gz: {"d":4}',
    'x.zip › inner.json.zst: {"e":5}',
  ])
})

test('what cannot be read of a zip costs only itself, and is named', async () => {
  const zip = blobOf([
    { path: 'good.json', content: utf8('{"a":1}') },
    { path: '../../etc/passwd', content: utf8('{}') },
    { path: String.raw`C:\x.json`, content: utf8('{}') },
    { path: 'secret.json', content: utf8('{}'), flags: 1 },
    { path: 'old.json', content: utf8('{}'), method: 14 },
    { path: 'odd.json', content: utf8('{}'), method: 77 },
    { path: 'longer.json', content: utf8('{"a":"longer than promised"}'), size: 4 },
    { path: 'shorter.json', content: utf8('{}'), size: 400 },
  ])
  expect(await all(file('x.zip', zip))).toEqual([
    'x.zip › good.json: {"a":1}',
    '! x.zip › ../../etc/passwd has a path that leads out of the zip; it was not read.',
    String.raw`! x.zip › C:\x.json has a path that leads out of the zip; it was not read.`,
    '! x.zip › secret.json is encrypted.',
    '! x.zip › old.json is packed with LZMA, in a way that Clew does not unpack.',
    '! x.zip › odd.json is packed with method 77, in a way that Clew does not unpack.',
    '! x.zip › longer.json is damaged: it is not what the zip’s list of files says.',
    '! x.zip › shorter.json is damaged: it is not what the zip’s list of files says.',
  ])
})

test('of a zip that is cut off, the files before the cut are read', async () => {
  const whole = blobOf([
    { path: 'a/', content: utf8(''), method: 0 },
    { path: 'a/a.json', content: utf8('{"a":1}') },
    { path: '../b.json', content: utf8('{"b":2}') },
    { path: 'c.json', content: utf8('{"c":3}'), method: 0 },
  ])
  const bytes = Buffer.from(await whole.arrayBuffer())
  const cut = file('x.zip', whole.slice(0, bytes.indexOf('3}')))
  expect(await all(cut)).toEqual([
    'x.zip › a/a.json: {"a":1}',
    '! x.zip › ../b.json has a path that leads out of the zip; it was not read.',
    '! x.zip › c.json is damaged: it is not what the zip’s list of files says.',
    '! x.zip is cut off or damaged: its list of files cannot be read. What stands before that is read.',
  ])
})

test('a zip of which nothing is left, an empty one or a bomb says so', async () => {
  const whole = blobOf([{ path: 'a.json', content: utf8('{"a":1}'), flags: 8 }])
  const zeros = new Uint8Array(80_000_000)
  expect(
    await all(
      file('cut.zip', whole.slice(0, whole.size - 30)),
      file('empty.zip', blobOf([])),
      file('bomb.zip', blobOf([{ path: 'zeros.json', content: zeros }])),
      file('bomb.gz', new Blob([Uint8Array.from(gzipSync(zeros))])),
      file('bomb.zst', new Blob([Uint8Array.from(zstdCompressSync(zeros))])),
    ),
  ).toEqual([
    '! cut.zip is damaged: it is not what the zip’s list of files says.',
    '! empty.zip is a zip without any file in it.',
    '! bomb.zip › zeros.json unpacks to more than 500 times its size: reading stopped there.',
    '! bomb.gz unpacks to more than 500 times its size: reading stopped there.',
    '! bomb.zst unpacks to more than 500 times its size: reading stopped there.',
  ])
})

test('files of a zip that share their bytes are not unpacked again and again', async () => {
  const zip = blobOf([
    { path: 'a.json', content: utf8('{"a":1}') },
    { path: 'b.json', content: utf8('{"a":1}'), at: 0 },
  ])
  expect(await all(file('x.zip', zip))).toEqual([
    'x.zip › a.json: {"a":1}',
    '! x.zip › b.json shares its bytes with another file of the zip; it was not read.',
  ])
})

test('a byte that changed on the way is found by the checksum, and what came is read', async () => {
  const bytes = utf8('{"a":1}')
  const zip = Buffer.from(await blobOf([{ path: 'a.json', content: bytes, method: 0 }]).arrayBuffer())
  zip[zip.indexOf('1}')] = 0x32
  expect(await all(file('x.zip', new Blob([zip])))).toEqual([
    '! x.zip › a.json is damaged: it is not what the zip’s list of files says.',
  ])
})

test('more files than can be told apart are counted, and that is said first', async () => {
  const files = Array.from({ length: 4_003 }, (_, at) => ({
    path: `${at}.json`,
    content: utf8('{}'),
    method: 0,
  }))
  const found = await documents(file('x.zip', blobOf(files)))
  expect(found.length).toBe(4_001)
  expect(await told(found[0])).toBe('! x.zip holds more than 4\u202f000 files: 3 were left out.')
})

test('of files with the same bytes one is read, wherever they are', async () => {
  const bytes = utf8('{"a":1}')
  const zip = blobOf([
    { path: 'same.json', content: bytes },
    { path: 'as long.json', content: utf8('{"a":2}') },
  ])
  expect(
    await all(file('a.json', new Blob([bytes])), file('x.zip', zip), file('b.json', new Blob([bytes]))),
  ).toEqual([
    'a.json: {"a":1}',
    'x.zip › same.json = a.json',
    'x.zip › as long.json: {"a":2}',
    'b.json = a.json',
  ])
})

test('a zip that the handler holds is read too, and what is gone is told by its reader', async () => {
  const zip = blobOf([{ path: 'a.json', content: utf8('{"a":1}') }])
  const found = await documentsOf(
    [
      { kind: 'url', name: 'x.zip', url: '/api/files/1' },
      { kind: 'url', name: 'gone.json', url: '/api/files/2' },
    ],
    {
      ...environment,
      fetch: (url) =>
        url === '/api/files/1' ? Promise.resolve(new Response(zip)) : Promise.reject(new TypeError('no')),
    },
    signal,
  )
  expect(await Promise.all(found.map(told))).toEqual([
    'x.zip › a.json: {"a":1}',
    '! Clew itself did not answer for gone.json.',
  ])
})
