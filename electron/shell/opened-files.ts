/** Files named on the command line, dropped on the window or handed over by the operating system. */
import { createHash } from 'node:crypto'
import { access, constants, open, stat, type FileHandle } from 'node:fs/promises'
import { basename, dirname, relative } from 'node:path'
import type { ApiError, OpenedFile } from '#shared/api/contract'
import type { OpenedFiles } from '../handler/stores.ts'
import { filesInFolder, mostInFolder } from './files-in-folder.ts'

/** The opened files of this run, and the way to add to them. */
export interface OpenableFiles extends OpenedFiles {
  /** Adds files by absolute path and returns their ids in the same order; a path already there keeps its id. */
  add(paths: readonly string[]): readonly string[]
  /** The same, with what is in a folder in the place of the folder. */
  addAll(paths: readonly string[]): readonly string[]
}

/** A file by its path, or a folder of which there is something to say. */
interface Known {
  readonly path: string
  readonly name: string
  readonly fault?: FolderFault | undefined
}

type FolderFault = 'EMPTY_FOLDER' | 'LARGE_FOLDER'

/** Bytes read at once: large enough that a read costs little per byte, small enough to stop soon after a cancel. */
const chunkBytes = 256 * 1024

/** The files given at start; nothing is read before it is asked for. */
export function createOpenedFiles(paths: readonly string[] = []): OpenableFiles {
  const knownBy = new Map<string, Known>()
  const keep = (known: Known): string => {
    const id = fileId(known.path)
    knownBy.set(id, known)
    return id
  }
  const add = (more: readonly string[]) => more.map((path) => keep({ path, name: basename(path) }))
  const addAll = (more: readonly string[]) => more.flatMap((path) => knownIn(path).map(keep))
  addAll(paths)

  return {
    add,
    addAll,
    list: () => Promise.all([...knownBy].map(([id, known]) => describe(id, known))),
    async open(id) {
      const known = knownBy.get(id)
      if (known === undefined) return undefined
      const { path, name } = known
      const { size } = await statFile(known)
      return { name, sizeBytes: size, stream: streamOf(await open(path, 'r')) }
    },
  }
}

/** The same path has the same id in every run, so a copied link works again after a restart with the same file. */
function fileId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

/** The file itself; of a folder the files in it, under the name of the folder. */
function knownIn(path: string): readonly Known[] {
  const found = filesInFolder(path)
  const itself = { path, name: basename(path) }
  if (found === undefined) return [itself]
  const files = found.paths.map((file) => ({ path: file, name: relative(dirname(path), file) }))
  if (files.length === 0) return [{ ...itself, fault: 'EMPTY_FOLDER' }]
  return found.isWhole ? files : [...files, { ...itself, fault: 'LARGE_FOLDER' }]
}

async function describe(id: string, known: Known): Promise<OpenedFile> {
  const { path, name } = known
  let size = 0
  try {
    size = (await statFile(known)).size
    await access(path, constants.R_OK)
    return { id, name, size, error: undefined }
  } catch (cause) {
    return { id, name, size, error: fileError(path, cause) }
  }
}

/** Looks before opening: opening a named pipe would wait for its writer for ever. */
async function statFile({ path, fault }: Known): Promise<{ readonly size: number }> {
  if (fault !== undefined) throw Object.assign(new Error(fault), { code: fault })
  const found = await stat(path)
  if (!found.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'EISDIR' })
  return found
}

/** Why a file cannot be read, for the screen. */
export function fileError(path: string, cause: unknown): ApiError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  const detail = cause instanceof Error ? cause.message : undefined
  const base = { detail, status: undefined }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        ...base,
        kind: 'not-found',
        message: `There is no file ${basename(path)} in ${dirname(path)}.`,
        // The sentence says all that the system does.
        detail: undefined,
        advice: 'Check the name and the folder, or drop the file on the window.',
      }
    case 'EACCES':
    case 'EPERM':
      return {
        ...base,
        kind: 'forbidden',
        message: `You may not read ${path}.`,
        advice: 'Change its permissions, or copy it to a folder of yours.',
      }
    case 'ELOOP':
      return {
        ...base,
        kind: 'not-found',
        message: `${path} is a link that leads back to itself.`,
        detail: undefined,
        advice: 'Name the file it should lead to.',
      }
    case 'EMPTY_FOLDER':
      return {
        ...base,
        kind: 'empty-answer',
        message: `There is no file in the folder ${path}.`,
        detail: undefined,
        advice: 'Hidden files are passed over, and links are not followed.',
      }
    case 'LARGE_FOLDER':
      return {
        ...base,
        kind: 'too-large',
        message: `The folder ${path} holds more than ${mostInFolder.toLocaleString('en-US')} files: only so many were opened.`,
        detail: undefined,
        advice: 'Name a folder in it, or the files themselves.',
      }
    case 'EISDIR':
      return {
        ...base,
        kind: 'bad-request',
        message: `${path} is a folder or a device, not a file.`,
        advice: 'Name the trace file itself.',
      }
    default:
      return {
        ...base,
        kind: 'internal',
        message: `${path} could not be read.`,
        advice: 'Check that the disk it is on is there, then open it again.',
      }
  }
}

function streamOf(handle: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { bytesRead, buffer } = await handle.read(new Uint8Array(chunkBytes), 0, chunkBytes)
          if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead))
          await handle.close()
          controller.close()
        } catch (cause) {
          await handle.close()
          throw cause
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 1 },
  )
}
