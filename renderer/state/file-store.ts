/**
 * Opened files in the browser's own database, so that reload, back and forward find them. Files are there at once from memory; the
 * database is written behind, and its failure (no room, private window) costs only what comes after a reload.
 */

import { hashOfText } from '#shared/base/text-hash'

export interface StoredFile {
  /** From name, size and time of change: the same file dropped twice is one. */
  readonly id: string
  readonly name: string
  readonly sizeBytes: number
  readonly openedMs: number
}

interface Row extends StoredFile {
  readonly file: Blob
}

const database = 'clew-files'
const table = 'files'
/** Least recently opened files go first when there are more, or more bytes, than this. */
const keptFiles = 1_000
const keptBytes = 4_000_000_000

const trimAfterMs = 200

const inMemory = new Map<string, Row>()

/** The same for the same file chosen again. */
export function fileIdOf(file: Pick<File, 'name' | 'size' | 'lastModified'>): string {
  return `f${hashOfText(`${file.name}\n${file.size}\n${file.lastModified}`)}`
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('The database gave no reason.')),
    )
  })
}

/** Whether there was room shows only when the transaction ends. */
function written(store: IDBObjectStore, given: readonly Row[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const { transaction } = store
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('The database gave no reason.')),
    )
    for (const row of given) store.put(row)
  })
}

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= (() => {
    const request = indexedDB.open(database, 1)
    request.addEventListener('upgradeneeded', () =>
      request.result.createObjectStore(table, { keyPath: 'id' }),
    )
    return answerOf(request)
  })()
  return opened
}

async function rows(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await open()).transaction(table, mode).objectStore(table)
}

/** Which of these go, so that the rest fits; `files` in any order. */
export function surplus(files: readonly StoredFile[]): readonly string[] {
  let bytes = 0
  return files
    .toSorted((a, b) => b.openedMs - a.openedMs)
    .filter((file, at) => {
      bytes += file.sizeBytes
      return at >= keptFiles || (bytes > keptBytes && at > 0)
    })
    .map((file) => file.id)
}

let trimming: Promise<void> | undefined

let waiting: Row[] = []
let writing: Promise<void> | undefined

/** Writes files that were opened together in one transaction: one each takes longer, and what is not written when the page is left is lost. */
async function keep(row: Row): Promise<void> {
  waiting.push(row)
  writing ??= writeWaiting()
  await writing
  trimming ??= trim()
  await trimming
}

async function writeWaiting(): Promise<void> {
  let together: readonly Row[] = []
  try {
    const store = await rows('readwrite')
    together = takeWaiting()
    await written(store, together)
  } catch (cause) {
    together = [...together, ...takeWaiting()]
    if (together.length <= 1) throw cause
    // One that does not fit takes the others of its transaction with it.
    await Promise.all(together.map(async (row) => written(await rows('readwrite'), [row])))
  }
}

function takeWaiting(): readonly Row[] {
  const taken = waiting
  waiting = []
  writing = undefined
  return taken
}

async function trim(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, trimAfterMs))
  trimming = undefined
  const all = (await answerOf((await rows('readonly')).getAll())) as Row[]
  const leaving = surplus(all)
  if (leaving.length === 0) return
  const store = await rows('readwrite')
  await Promise.all(leaving.map((id) => answerOf(store.delete(id))))
}

const withoutBytes = ({ id, name, sizeBytes, openedMs }: Row): StoredFile => ({
  id,
  name,
  sizeBytes,
  openedMs,
})

/**
 * Takes a file in; `onTrouble` hears it when the file will not survive a reload. A file that the shell keeps under an id of its own
 * (`keptAs`) is only held in memory: after a reload the shell reads it from the disk again.
 */
export function storeFile(
  file: File,
  keptAs: string | undefined,
  onTrouble: (thrown: unknown) => void,
): StoredFile {
  const row: Row = {
    id: keptAs ?? fileIdOf(file),
    name: file.name,
    sizeBytes: file.size,
    openedMs: Date.now(),
    file,
  }
  inMemory.set(row.id, row)
  if (keptAs === undefined) keep(row).catch(onTrouble)
  return withoutBytes(row)
}

/** A file with its bytes; undefined when it is not here any more. */
export async function readStoredFile(
  id: string,
): Promise<{ readonly name: string; readonly file: Blob } | undefined> {
  const here = inMemory.get(id)
  if (here) return here
  try {
    const row = (await answerOf((await rows('readonly')).get(id))) as Row | undefined
    if (row) inMemory.set(id, row)
    return row
  } catch (cause) {
    // Without a database there are no files from before the reload: the page says so and asks for the file again.
    if (cause instanceof DOMException) return undefined
    throw cause
  }
}

/** What is kept for a reload, the last opened first. */
export async function listStoredFiles(): Promise<readonly StoredFile[]> {
  const kept = (await answerOf((await rows('readonly')).getAll())) as Row[]
  return kept.map(withoutBytes).toSorted((a, b) => b.openedMs - a.openedMs)
}

/** Forgets every kept file. What is open on screen stays until the page is left. */
export async function forgetStoredFiles(): Promise<void> {
  await answerOf((await rows('readwrite')).clear())
}
