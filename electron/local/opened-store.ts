/**
 * Opened files: each set that was opened together is one source of traces, logs and metrics. The door for whoever has documents to be asked about:
 *
 * ```
 *   begin({ id, name, place, openedMs })   in place of what is still being read
 *   add(id, document, bytes)               the bytes of a document as they come, unpacked, one document after the other
 *   endDocument(id)                        no more of it comes
 *   end(id)                                from now on it is a source, beside those of other sets
 * ```
 *
 * A document is known by its content: every form of trace that Clew reads, logs (shared/logs/file-lines.ts) and metrics. Traces, lines and
 * series of all documents stand side by side, so one leads to the other by the ids they share.
 */
import type { Worker } from 'node:worker_threads'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { OpenedDocument, OpenedSource } from '#shared/api/contract'
import { failure } from '../backends/source-error.ts'
import { createEmbeddedSource, type EmbeddedSource } from './embedded-source.ts'
import type { OpenedStores } from './store-messages.ts'
import { createThreadCalls, type ThreadCalls } from './thread-calls.ts'

/** What is opened. */
export interface Opening {
  /** Not that of another source. */
  readonly id: string
  readonly name: string
  /** Where it came from, such as the names of its files. */
  readonly place: string
  /** Sets may be read in another order than they were opened in. */
  readonly openedMs: number
}

export interface OpenedStore {
  /** The sources there are, the last opened first. */
  list(): readonly OpenedSource[]
  /** What answers for this id; undefined when it is not there, or no longer. */
  run(id: string): EmbeddedSource | undefined
  /** Begins to read; what was being read is given up. */
  begin(opening: Opening): Promise<void>
  /** Rejects where that set of files is not the one being read. */
  add(id: string, document: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>
  endDocument(id: string, signal: AbortSignal): Promise<void>
  /** Of what the source tells: that a document could not be read to its end. Throws as `add` rejects. */
  addBroken(id: string, document: string): void
  /** Rejects where there is nothing in them that could be asked for. Past what is kept of all sets, those opened first are closed. */
  end(id: string, signal: AbortSignal): Promise<OpenedSource>
  /** Ends the source, or the reading, of that id; false when neither is there. */
  close(id: string): Promise<boolean>
  closeAll(): Promise<void>
}

type Open = Reading & { readonly shown: OpenedSource }

interface Reading extends Opening {
  readonly source: EmbeddedSource
  readonly calls: ThreadCalls<OpenedStores>
  readonly documents: OpenedDocument[]
  readonly broken: string[]
  bytes: number
}

/** What is kept of all documents together: as much as the page keeps of files. */
const mostBytes = 1_000_000_000
/** Each is a thread, and is asked whenever all sources are. */
const mostSets = 8

/** Nothing is read before `begin`. */
export function createOpenedStore(startWorker: () => Worker): OpenedStore {
  let reading: Reading | undefined
  /** The last opened first. */
  let sets: readonly Open[] = []

  function readingOf(id: string): Reading {
    if (reading?.id === id) return reading
    throw failure('not-found', 'These files are not being read any more.', 'Open them again.')
  }

  async function giveUp(): Promise<void> {
    const before = reading
    reading = undefined
    await before?.source.close()
  }

  async function keep(staying: readonly Open[]): Promise<void> {
    const leaving = sets.filter((set) => !staying.includes(set))
    sets = staying
    await Promise.all(leaving.map((set) => set.source.close()))
  }

  /** Of two sets that begin with a file of the same name, each has a name of its own. */
  function freeName(name: string, id: string): string {
    const taken = new Set(sets.filter((set) => set.id !== id).map((set) => set.name))
    let free = name
    for (let number = 2; taken.has(free); number++) free = `${name} (${number})`
    return free
  }

  return {
    list: () => sets.map(({ shown }) => shown),
    run: (id) => sets.find((set) => set.id === id)?.source,
    async begin(opening) {
      await giveUp()
      const name = freeName(opening.name, opening.id)
      const calls = createThreadCalls<OpenedStores>(startWorker(), name, 'Open the files again.')
      reading = {
        ...opening,
        name,
        calls,
        source: createEmbeddedSource(calls, name),
        documents: [],
        broken: [],
        bytes: 0,
      }
    },
    async add(id, document, bytes, signal) {
      const into = readingOf(id)
      into.bytes += bytes.byteLength
      if (into.bytes > mostBytes)
        throw failure(
          'too-large',
          'These files are too large to be searched: at most 1 GB is kept, unpacked.',
          'Open fewer of them, or a smaller part.',
        )
      await into.calls.ask(signal, 'documents', 'push', document, bytes)
    },
    async endDocument(id, signal) {
      const into = readingOf(id)
      into.documents.push(await into.calls.ask(signal, 'documents', 'endDocument'))
    },
    addBroken(id, document) {
      readingOf(id).broken.push(document)
    },
    async end(id, signal) {
      const ended = readingOf(id)
      const holds = await ended.calls.ask(signal, 'documents', 'end')
      // Others may have been begun meanwhile.
      readingOf(id)
      if (holds.spans + holds.lines + holds.series + holds.calls === 0) {
        await giveUp()
        throw failure(
          'empty-answer',
          'There is nothing in these files that could be asked for.',
          'Check that they are the right files.',
        )
      }
      reading = undefined
      const shown: OpenedSource = {
        kind: 'files',
        id,
        name: ended.name,
        place: ended.place,
        openedMs: ended.openedMs,
        lasts: 'run',
        holds,
        documents: ended.documents,
        broken: ended.broken,
        startMs: holds.startMs,
        endMs: holds.endMs,
        capabilities: {
          ...capabilitiesOf('files'),
          traces: holds.spans > 0,
          dependencies: holds.spans + holds.calls > 0,
          logs: holds.lines > 0,
          metrics: holds.series > 0,
        },
      }
      await keep(withinBounds([{ ...ended, shown }, ...sets.filter((set) => set.id !== id)]))
      return shown
    },
    async close(id) {
      const staying = sets.filter((set) => set.id !== id)
      const isThere = staying.length < sets.length || reading?.id === id
      if (reading?.id === id) await giveUp()
      await keep(staying)
      return isThere
    },
    async closeAll() {
      await Promise.all([giveUp(), keep([])])
    },
  }
}

/** The sets that can be kept, the last opened first, which is kept whatever it takes. */
function withinBounds(sets: readonly Open[]): readonly Open[] {
  let bytes = 0
  return sets
    .toSorted((a, b) => b.openedMs - a.openedMs)
    .slice(0, mostSets)
    .filter((set, at) => {
      bytes += set.bytes
      return at === 0 || bytes <= mostBytes
    })
}
