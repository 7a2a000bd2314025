import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openZip } from './zip'
import { writeZip } from './zip-write'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const never = new AbortController().signal

test('what is written is read again, to the byte and in its order', async () => {
  const files = [
    { path: 'manifest.json', content: bytesOf('{"a":1}') },
    { path: 'traces/größe.json', content: bytesOf('x'.repeat(100_000)) },
    { path: 'empty.json', content: bytesOf('') },
  ]
  const zip = await writeZip(files)
  const documents = await openZip('a.clew', zip, never)
  const read = await Promise.all(
    documents.map(async (document) => {
      const { chunks } = await document.open(() => undefined)
      const parts: Uint8Array<ArrayBuffer>[] = []
      for await (const chunk of chunks) parts.push(Uint8Array.from(chunk))
      return { path: document.name.replace('a.clew › ', ''), text: await new Blob(parts).text() }
    }),
  )
  expect(read).toEqual(files.map(({ path, content }) => ({ path, text: new TextDecoder().decode(content) })))
  expect(zip.size).toBeLessThan(2_000)
})

test('another reader of zips finds nothing wrong with it, checksums neither', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'clew-zip-'))
  try {
    const zip = await writeZip([{ path: 'a/b.json', content: bytesOf('[1, 2, 3]'.repeat(99)) }])
    const file = join(folder, 'a.zip')
    await writeFile(file, new Uint8Array(await zip.arrayBuffer()))
    const { error, stdout } = spawnSync('python3', ['-m', 'zipfile', '-t', file], { encoding: 'utf8' })
    if (error) context.skip('there is no Python here')
    expect(stdout).toBe('Done testing\n')
  } finally {
    await rm(folder, { recursive: true })
  }
})
