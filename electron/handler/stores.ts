/**
 * What the handler keeps, as interfaces that the shells implement (electron/shell): connections with their secrets,
 * preferences, and the files given by argument or by the operating system.
 */
import type { OpenedFile, Preferences, ServerSource, SourceInput } from '#shared/api/contract'
import type { KeptFacts } from '#shared/correlate/kept-facts'
import type { ThreadChange } from '#shared/thread/change'
import type { Thread } from '#shared/thread/thread'
import type { SourceTarget } from '../backends/target.ts'

/** What is kept cannot be read or written; the message is a sentence that says what and why. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
  }
}

/** A connection as it is written down: secrets in the clear, so whoever writes it must protect it. */
export interface StoredSource extends SourceTarget {
  /** `run`: given on the command line; never written down. */
  readonly lasts: ServerSource['lasts']
  readonly changedMs?: ServerSource['changedMs']
}

/** The connections. `get` alone hands out secrets, and only to the backends; everything else says `kept` or `none`. */
export interface SourceStore {
  /** In the order they were added. */
  list(): Promise<readonly ServerSource[]>
  /** With its secrets; undefined when there is no such source. */
  get(id: string): Promise<SourceTarget | undefined>
  /** Adds a source under an id made from its name. Throws `InputError` when it is told to keep a secret that is not there. */
  add(input: SourceInput, lasts?: ServerSource['lasts']): Promise<ServerSource>
  /** Undefined when there is no such source. Throws `InputError` as `add` does. */
  change(id: string, input: SourceInput): Promise<ServerSource | undefined>
  /** False when there was no such source. */
  remove(id: string): Promise<boolean>
}

/** The preferences; `put` answers with what was kept. What is left out stays, and unknown keys are kept. */
export interface PreferenceStore {
  get(): Promise<Preferences>
  put(changes: Partial<Preferences>): Promise<Preferences>
}

/** The running thread. Changes are done one after the other, so that windows that share it lose nothing of each other. */
export interface ThreadStore {
  get(): Promise<Thread>
  /** Those that were run before, the last first. */
  earlier(): Promise<readonly Thread[]>
  /** Resolves when the change would survive a crash. */
  change(change: ThreadChange): Promise<void>
}

/** What was learned of sources, by their ids. It can be learned anew: what cannot be read is as good as nothing. */
export interface FactStore {
  /** Empty where nothing is kept. */
  get(id: string): Promise<KeptFacts>
  /** Puts these parts in the place of what was kept of them, for as long as the source lasts. */
  put(id: string, parts: KeptFacts, lasts: ServerSource['lasts']): Promise<void>
  remove(id: string): Promise<void>
}

/** An opened file's bytes, on their way. */
export interface FileBytes {
  readonly name: string
  readonly sizeBytes: number
  /** Cancelling it closes the file. */
  readonly stream: ReadableStream<Uint8Array>
}

/** The files named on the command line or by the operating system. */
export interface OpenedFiles {
  /** Sizes and errors as of now. */
  list(): Promise<readonly OpenedFile[]>
  /** Undefined when there is no such file; throws what the file system said when it cannot be read. */
  open(id: string): Promise<FileBytes | undefined>
}

/** What a new profile starts with. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  recent: [],
  sizes: {},
  timeZone: 'local',
}
