/** A zip that was cut off or changed on the way: what is whole of it is read, and what is not is said. */
import { expect, test } from 'vitest'
import { CutOff, Failure } from './failures'
import { openZip } from './zip'
import { writeZip } from './zip-write'

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const paths = ['manifest.json', 'traces/a.json', 'traces/b.json', 'logs/lines.json', 'metrics/series.json']

/** Text that does not pack well, so that most bytes of the zip are of the files. */
const contentOf = (path: string): string =>
  path + Array.from({ length: 12 }, (_, at) => ((path.length + at) * 2_654_435_761).toString(36)).join(' ')

const written = async (): Promise<Uint8Array<ArrayBuffer>> => {
  const zip = await writeZip(paths.map((path) => ({ path, content: utf8(contentOf(path)) })))
  return new Uint8Array(await zip.arrayBuffer())
}

/** The texts that are read to their end, and what is said of the others. */
async function readOf(zip: Uint8Array<ArrayBuffer>): Promise<{ whole: string[]; said: string[] }> {
  const whole: string[] = []
  const said: string[] = []
  for (const document of await openZip('x.clew', new Blob([zip]), new AbortController().signal))
    try {
      // oxlint-disable-next-line no-await-in-loop -- in their order
      const { chunks } = await document.open(() => undefined)
      const parts: Uint8Array<ArrayBuffer>[] = []
      // oxlint-disable-next-line no-await-in-loop
      for await (const chunk of chunks) parts.push(Uint8Array.from(chunk))
      // oxlint-disable-next-line no-await-in-loop
      whole.push(await new Blob(parts).text())
    } catch (thrown) {
      if (!(thrown instanceof Failure) && !(thrown instanceof CutOff)) throw thrown
      said.push(thrown instanceof Failure ? thrown.error.message : document.name)
    }
  return { whole, said }
}

test.each([10, 25, 50, 75, 90, 99])(
  'cut at %i %% of its length, the files before the cut are read, and the damage is said',
  async (percent) => {
    const zip = await written()
    const end = Math.floor((zip.length * percent) / 100)
    const text = Buffer.from(zip)
    const isBefore = (path: string): boolean => {
      const next = text.indexOf('PK\u0003\u0004', text.indexOf(path))
      return (next < 0 ? text.indexOf('PK\u0001\u0002') : next) <= end
    }
    const { whole, said } = await readOf(zip.slice(0, end))
    expect(whole).toEqual(paths.filter(isBefore).map(contentOf))
    expect(said.at(-1)).toMatch(/^x\.clew is (cut off or )?damaged: /)
  },
)

test('whichever byte is changed, at most the file it is of is lost, and none without a word', async () => {
  const zip = await written()
  // What tells a zip by its content is left.
  for (let at = 4; at < zip.length; at += 3) {
    const damaged = zip.slice()
    damaged[at] ^= 1 << (at % 8)
    // oxlint-disable-next-line no-await-in-loop -- one after the other: hundreds of zips
    const { whole, said } = await readOf(damaged)
    const lost = paths.filter((path) => !whole.includes(contentOf(path)))
    expect.soft(lost.length, `byte ${at}: ${lost.join(', ')} lost`).toBeLessThan(2)
    expect.soft(said.length, `byte ${at}: ${lost.join(', ')} lost`).toBeGreaterThanOrEqual(lost.length)
  }
})
