import { expect, test } from 'vitest'
import { fileKind } from '#shared/investigation/manifest'
import { zipOf, type Packed } from '../../test/builders/zip'
import { manifestIn } from './manifest-in'

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const good = { kind: fileKind, version: 1, thread: { id: 't', name: 'Checkout', steps: [] } }
const inZip = (...files: Packed[]): Promise<unknown> => manifestIn(new Blob([zipOf(files)]))

test('the manifest of a file is read, wherever it stands among the others', async () => {
  expect(
    await inZip(
      { path: 'traces/a.json', content: bytes({}) },
      { path: 'manifest.json', content: bytes(good) },
    ),
  ).toMatchObject({ kind: 'read', manifest: { thread: { name: 'Checkout' } } })
})

test('one of a newer Clew is told', async () => {
  expect(await inZip({ path: 'manifest.json', content: bytes({ ...good, version: 9 }) })).toMatchObject({
    kind: 'newer',
  })
})

test.each<[string, Packed]>([
  ['another folder', { path: 'package/manifest.json', content: bytes(good) }],
  ['a path that climbs out', { path: '../manifest.json', content: bytes(good) }],
  ['another kind of manifest', { path: 'manifest.json', content: bytes({ name: 'an extension' }) }],
  ['what is no JSON', { path: 'manifest.json', content: new TextEncoder().encode('{"kind":') }],
  ['fewer bytes than promised', { path: 'manifest.json', content: bytes(good), size: 99_999 }],
  ['more bytes than promised', { path: 'manifest.json', content: bytes(good), size: 9 }],
  ['a bomb', { path: 'manifest.json', content: new Uint8Array(70_000_000) }],
])('a zip without a manifest that can be read is one of other files: %s', async (_what, file) => {
  expect(await inZip(file)).toEqual({ kind: 'other' })
})

test('of what is cut off the manifest is read where it is whole', async () => {
  const zip = zipOf([{ path: 'manifest.json', content: bytes(good) }])
  expect(await manifestIn(new Blob([zip.slice(0, -30)]))).toMatchObject({ kind: 'read' })
  expect(await manifestIn(new Blob([zip.slice(0, 60)]))).toEqual({ kind: 'other' })
})
