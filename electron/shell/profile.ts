/** The folder where Clew keeps what lasts between runs, and the one way files in it are read and written. */
import { mkdirSync, statSync } from 'node:fs'
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { StoreError } from '../handler/stores.ts'
import { withFileLock } from './file-lock.ts'
import { writeWhole } from './write-whole.ts'

/** A profile folder that may be read from and written to. */
export interface Profile {
  readonly folder: string
  /** What was found wrong and what was done about it: sentences for the terminal and the page. */
  readonly notices: readonly string[]
  note(sentence: string): void
  /** A file's bytes; undefined when it does not exist. Throws what the file system says otherwise. */
  read(name: string): Promise<Buffer | undefined>
  /** Replaces a file whole: after a crash there is either the old content or the new, never half of one. */
  write(name: string, content: string | Uint8Array): Promise<void>
  /** Runs `work` while no other Clew on this profile does so for the same file: what is read in it is what is written over. */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>
  /** Renames a file that cannot be understood, so that it is neither lost nor read again, and notes it. */
  setAside(name: string, reason: string): Promise<void>
  remove(name: string): Promise<void>
}

/** The profile folder cannot be used; the message is a sentence with what to try. */
export class ProfileError extends StoreError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProfileError'
  }
}

/** Where the profile lives when none is named: the platform's own place for an application's data. */
export function defaultProfileFolder(
  env: Readonly<Record<string, string | undefined>>,
  system: NodeJS.Platform = platform(),
  home: string = homedir(),
): string {
  if (system === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Clew')
  if (system === 'darwin') return join(home, 'Library', 'Application Support', 'Clew')
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'clew')
}

/** Makes a folder of the profile where there is none; synchronous, for what must be done before Electron is ready. */
export function makeProfileFolder(folder: string): void {
  try {
    makeFolders(folder)
  } catch (cause) {
    throw new ProfileError(
      `The profile folder ${folder} cannot be used (${messageOf(cause)}). Name another with --profile DIR.`,
      { cause },
    )
  }
}

/** One level at a time: Node's own `recursive` never ends where a parent is there and says that it is not, as /proc does. */
function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolders(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    // Another Clew may have made it in the meantime.
    if (isExisting(cause) && statSync(folder).isDirectory()) return
    throw cause
  }
}

/** Opens the profile, making the folder where there is none. Only its owner may enter: it may hold secrets. */
export async function openProfile(folder: string): Promise<Profile> {
  const notices: string[] = []
  makeProfileFolder(folder)
  const found = await stat(folder)
  // The mode of mkdir counts only for a folder it makes. Windows has no such bits.
  if (platform() !== 'win32' && (found.mode & 0o077) !== 0)
    try {
      await chmod(folder, 0o700)
    } catch (cause) {
      notices.push(`Others may read ${folder}, and that could not be changed (${messageOf(cause)}).`)
    }

  return {
    folder,
    notices,
    note: (sentence) => void notices.push(sentence),
    async read(name) {
      try {
        return await readFile(join(folder, name))
      } catch (cause) {
        if (isMissing(cause)) return undefined
        throw new ProfileError(`${join(folder, name)} cannot be read (${messageOf(cause)}).`, { cause })
      }
    },
    async write(name, content) {
      const path = join(folder, name)
      try {
        await writeWhole(path, (temporary) => writeFile(temporary, content, { flag: 'wx', mode: 0o600 }))
      } catch (cause) {
        throw new ProfileError(`${path} cannot be written (${messageOf(cause)}).`, { cause })
      }
    },
    async alone(name, work) {
      try {
        return await withFileLock(join(folder, `.${name}.lock`), work)
      } catch (cause) {
        if (cause instanceof ProfileError || !isOfFiles(cause)) throw cause
        throw new ProfileError(`${join(folder, name)} cannot be written (${messageOf(cause)}).`, { cause })
      }
    },
    async setAside(name, reason) {
      const when = new Date().toISOString().replace(/[:.]/g, '-')
      const aside = `${name}.damaged-${when}`
      await rename(join(folder, name), join(folder, aside))
      notices.push(`${name} ${reason}; it was set aside as ${join(folder, aside)}.`)
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  }
}

const isOfFiles = (cause: unknown): boolean => cause instanceof Error && 'syscall' in cause

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
