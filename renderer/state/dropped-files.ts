/** What was dropped on the page, with what is in a folder in its place. */
import { nameList } from '#shared/base/name-list'

/** So many files of folders are taken; as many are kept (file-store.ts). */
export const mostInFolders = 1_000
const deepest = 16

/** What came of a drop. */
export interface DroppedFiles {
  /** In order of their paths, which are their names where they lay in a folder. */
  readonly files: readonly File[]
  /** What was left out, as a sentence; undefined where nothing was. */
  readonly trouble: string | undefined
}

/** Call it while the drop is handled: afterwards the browser has forgotten what it was. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  const plain = [...transfer.files]
  if (!entries.some((entry) => entry?.isDirectory)) return { files: plain, trouble: undefined }
  const walk = new Walk()
  for (const entry of entries) if (entry) await walk.take(entry, 0)
  return { files: walk.files, trouble: walk.trouble() }
}

class Walk {
  readonly files: File[] = []
  readonly #unread: string[] = []
  #isWhole = true

  async take(entry: FileSystemEntry, depth: number): Promise<void> {
    if (this.files.length >= mostInFolders || depth > deepest) {
      this.#isWhole = false
      return
    }
    if (depth > 0 && entry.name.startsWith('.')) return
    try {
      if (entry.isDirectory) {
        const inside = await entriesIn(entry as FileSystemDirectoryEntry)
        for (const inner of inside) await this.take(inner, depth + 1)
      } else {
        this.files.push(await fileOf(entry as FileSystemFileEntry, depth > 0))
      }
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause
      this.#unread.push(entry.name)
    }
  }

  trouble(): string | undefined {
    const sentences = []
    if (this.files.length === 0 && this.#unread.length === 0)
      sentences.push('There is no file in the folder that was dropped.')
    if (!this.#isWhole)
      sentences.push(
        `The folder holds more than ${mostInFolders.toLocaleString('en-US')} files: only so many were opened.`,
      )
    if (this.#unread.length > 0) sentences.push(`Not read: ${nameList(this.#unread)}.`)
    return sentences.length === 0 ? undefined : sentences.join(' ')
  }
}

/** A browser gives them a hundred at a time, and none at the end. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) break
    all.push(...some)
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** In a folder, files of the same name are told apart by their paths. */
async function fileOf(entry: FileSystemFileEntry, isInFolder: boolean): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  if (!isInFolder) return file
  const { lastModified, type } = file
  return new File([file], entry.fullPath.replace(/^\//u, ''), { lastModified, type })
}
