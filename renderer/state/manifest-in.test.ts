import { expect, test } from 'vitest'
import { fileKind } from '#shared/investigation/manifest'
import { threadStep } from '../../test/builders/thread-step'
import { zipOf, type Packed } from '../../test/builders/zip'
import { writeZip } from '../worker/zip-write'
import { manifestIn } from './manifest-in'

const bytes = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value))
const good = { kind: fileKind, version: 1, thread: { id: 't', name: 'Checkout', steps: [threadStep('a')] } }
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
    kind: 'refused',
  })
})

test.each<[string, Packed]>([
  ['another folder', { path: 'package/manifest.json', content: bytes(good) }],
  ['a path that climbs out', { path: '../manifest.json', content: bytes(good) }],
  ['another kind of manifest', { path: 'manifest.json', content: bytes({ name: 'an extension' }) }],
  ['what is no JSON', { path: 'manifest.json', content: new TextEncoder().encode('{"kind":') }],
  ['more bytes than promised', { path: 'manifest.json', content: bytes(good), size: 9 }],
  ['a bomb', { path: 'manifest.json', content: new Uint8Array(70_000_000) }],
])('a zip without a manifest that can be read is one of other files: %s', async (_what, file) => {
  expect(await inZip(file)).toEqual({ kind: 'other' })
})

test('of two manifests the first is read, and that is said', async () => {
  const other = { ...good, thread: { ...good.thread, name: 'Another' } }
  expect(
    await inZip(
      { path: 'manifest.json', content: bytes(good) },
      { path: 'manifest.json', content: bytes(other) },
    ),
  ).toMatchObject({
    manifest: { thread: { name: 'Checkout' } },
    faults: ['The file holds 2 manifests: the first one was read.'],
  })
})

test('steps that cannot be read are counted', async () => {
  const damaged = { ...good, thread: { ...good.thread, steps: [threadStep('a'), 7, { id: 'b' }] } }
  expect(await inZip({ path: 'manifest.json', content: bytes(damaged) })).toMatchObject({
    faults: ['2 steps could not be read.'],
  })
})

test('a manifest with another checksum or length than promised is read as far as it goes', async () => {
  expect(await inZip({ path: 'manifest.json', content: bytes(good), size: 99_999 })).toMatchObject({
    kind: 'read',
    faults: ['Its list of steps is damaged: those that stand before that were read.'],
  })
})

test('one whose manifest is gone or cannot be read is a saved investigation all the same', async () => {
  const lines = { path: 'logs/lines.json', content: bytes({ resourceLogs: [] }) }
  const lost = { kind: 'lost', sentence: expect.stringContaining('cannot be read') as string, faults: [] }
  expect(await inZip(lines)).toEqual(lost)
  expect(await inZip({ path: 'manifest.json', content: new TextEncoder().encode('{"ki') }, lines)).toEqual(
    lost,
  )
})

test('a manifest whose name or kind was damaged is read', async () => {
  const lines = { path: 'logs/lines.json', content: bytes({ resourceLogs: [] }) }
  const named = { path: 'manifesu.json', content: bytes(good) }
  expect(await inZip(named, lines)).toMatchObject({ kind: 'read', faults: [] })
  const odd = { path: 'manifest.json', content: bytes({ ...good, kind: 'clew-investigatiof' }), size: 9_999 }
  expect(await inZip(odd, lines)).toMatchObject({
    kind: 'read',
    faults: ['Its list of steps is damaged: those that stand before that were read.'],
  })
})

test('that the file is cut off, and what of it is refused, is said with its steps', async () => {
  const zip = zipOf([
    { path: 'manifest.json', content: bytes(good) },
    { path: 'traces/a.json', content: bytes({}), flags: 1 },
  ])
  expect(await manifestIn(new Blob([zip]))).toMatchObject({
    faults: ['The file › traces/a.json is encrypted.'],
  })
  expect(await manifestIn(new Blob([zip.slice(0, -9)]))).toMatchObject({
    faults: [
      expect.stringContaining('encrypted') as string,
      'The file is cut off or damaged: its list of files cannot be read. What stands before that is read.',
    ],
  })
})

test('cut off at every tenth of its length, it gives the steps that stand before the cut, or says that there are none', async () => {
  // Ids that do not pack well, so that the manifest is most of the file.
  const ids = Array.from({ length: 200 }, (_, at) => (at * 2_654_435_761).toString(36).padStart(8, '0'))
  const whole = { ...good, thread: { ...good.thread, steps: ids.map(threadStep) } }
  const zip = await writeZip([
    { path: 'manifest.json', content: bytes(whole) },
    { path: 'traces/a.json', content: bytes({ resourceSpans: ids }) },
  ])
  const found: number[] = []
  for (let tenth = 1; tenth <= 10; tenth++) {
    // oxlint-disable-next-line no-await-in-loop
    const read = await manifestIn(zip.slice(0, Math.floor((zip.size * tenth) / 10)))
    if (read.kind === 'lost') expect(read.sentence).toContain('list of steps cannot be read')
    else if (read.kind === 'read' && read.manifest.thread.steps.length < ids.length)
      expect(read.faults).toContain('Its list of steps is damaged: those that stand before that were read.')
    found.push(read.kind === 'read' ? read.manifest.thread.steps.length : 0)
  }
  expect(found).toEqual(found.toSorted((one, other) => one - other))
  expect(found.filter((steps) => steps > 0 && steps < ids.length).length).toBeGreaterThan(4)
  expect(found.at(-1)).toBe(ids.length)
})
