/** The files in a folder and the folders in it. */
import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** So many files of a folder are opened. */
export const mostInFolder = 1_000
const deepest = 16
/** A tree of folders without files in it comes to an end, too. */
const mostFolders = 10_000

export interface FolderFiles {
  /** In order of their paths. */
  readonly paths: readonly string[]
  /** Whether these are all. */
  readonly isWhole: boolean
}

/** Undefined where the path is no folder. Hidden files are passed over, links are not followed, and what may not be read is left out. */
export function filesInFolder(folder: string): FolderFiles | undefined {
  if (!isFolder(folder)) return undefined
  const paths: string[] = []
  let folders = 0
  let isWhole = true
  const walk = (path: string, depth: number): void => {
    if (depth > deepest || ++folders > mostFolders) {
      isWhole = false
      return
    }
    for (const entry of entriesOf(path)) {
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) walk(join(path, entry.name), depth + 1)
      else if (entry.isFile()) {
        if (paths.length >= mostInFolder) isWhole = false
        else paths.push(join(path, entry.name))
      }
      if (!isWhole && paths.length >= mostInFolder) return
    }
  }
  walk(folder, 0)
  return { paths, isWhole }
}

/** What cannot be looked at (a link that leads back to itself, a name too long) is no folder: opening it as a file says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return false
    throw cause
  }
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return []
    throw cause
  }
}
