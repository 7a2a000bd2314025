/**
 * The files that were opened last, as one source of traces, logs and metrics. The door for whoever has documents to be asked about:
 *
 * ```
 *   begin({ id, name, place })   in place of what is still being read
 *   add(id, document, bytes)     the bytes of a document as they come, unpacked, one document after the other
 *   endDocument(id)              no more of it comes
 *   end(id)                      from now on it is the source, in place of the one there was
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
}

export interface OpenedStore {
  /** The source there is. */
  current(): OpenedSource | undefined
  /** What answers for this id; undefined when it is not there, or no longer. */
  run(id: string): EmbeddedSource | undefined
  /** Begins to read; what was being read is given up. */
  begin(opening: Opening): Promise<void>
  /** Rejects where that set of files is not the one being read. */
  add(id: string, document: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>
  endDocument(id: string, signal: AbortSignal): Promise<void>
  /** Rejects where there is nothing in them that could be asked for; then the source there is stays. */
  end(id: string, signal: AbortSignal): Promise<OpenedSource>
  /** Ends the source, or the reading, of that id; false when neither is there. */
  close(id: string): Promise<boolean>
  closeAll(): Promise<void>
}

interface Opened extends Opening {
  readonly source: EmbeddedSource
  readonly calls: ThreadCalls<OpenedStores>
  readonly documents: OpenedDocument[]
  bytes: number
}

/** What is kept of all documents together: as much as the page keeps of files. */
const mostBytes = 1_000_000_000

/** Nothing is read before `begin`. */
export function createOpenedStore(startWorker: () => Worker): OpenedStore {
  let reading: Opened | undefined
  let open: (Opened & { readonly shown: OpenedSource }) | undefined

  function readingOf(id: string): Opened {
    if (reading?.id === id) return reading
    throw failure('not-found', 'These files are not being read any more.', 'Open them again.')
  }

  async function giveUp(): Promise<void> {
    const before = reading
    reading = undefined
    await before?.source.close()
  }

  async function closeOpen(): Promise<void> {
    const before = open
    open = undefined
    await before?.source.close()
  }

  return {
    current: () => open?.shown,
    run: (id) => (open?.id === id ? open.source : undefined),
    async begin(opening) {
      await giveUp()
      const calls = createThreadCalls<OpenedStores>(startWorker(), opening.name, 'Open the files again.')
      reading = {
        ...opening,
        calls,
        source: createEmbeddedSource(calls, opening.name),
        documents: [],
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
      await closeOpen()
      const shown: OpenedSource = {
        kind: 'files',
        id,
        name: ended.name,
        place: ended.place,
        lasts: 'run',
        holds,
        documents: ended.documents,
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
      open = { ...ended, shown }
      return shown
    },
    async close(id) {
      const isThere = open?.id === id || reading?.id === id
      if (reading?.id === id) await giveUp()
      if (open?.id === id) await closeOpen()
      return isThere
    },
    async closeAll() {
      await Promise.all([giveUp(), closeOpen()])
    },
  }
}
