/**
 * The manifest of a saved investigation. The file (`.clew`) is a zip:
 *
 * ```
 * manifest.json       this
 * traces/ID.json      OTLP JSON, a trace each
 * traces/files-1.json OTLP JSON, traces of opened files that no step looked at by itself
 * logs/lines.json     OTLP JSON; which attributes were labels says `loki.resource.labels`
 * logs/files-1.json   likewise, the lines of opened files (lines-path.ts)
 * metrics/series.json samples as they were recorded, as Prometheus answers a query
 * metrics/exemplars.json, metrics/metadata.json   likewise
 * map/calls.json      calls between services as servers counted them (calls-document.ts)
 * metrics/rules.json  rules and alerts as they were (MetricRule of shared/api/metrics)
 * ```
 *
 * Everything but the manifest is what Clew and others read anyway.
 */
import * as z from 'zod/mini'
import { cutText } from '#shared/base/cut-text'
import { type SavedPeers, savedPeersSchema } from '#shared/investigation/saved-peers'
import { readThread } from '#shared/thread/schema'
import type { Thread } from '#shared/thread/thread'

// As in shared/api/schemas: without this zod tries `new Function`.
z.config({ jitless: true })

/** A file of a higher one is refused: it may mean something else by the same words. */
export const fileVersion = 1
export const fileKind = 'clew-investigation'
export const manifestPath = 'manifest.json'

/** A source that was asked. */
export interface SavedSource {
  readonly id: string
  readonly name: string
  readonly kind: string
}

/** How much is in the file. */
export interface SavedCounts {
  readonly traces: number
  readonly lines: number
  readonly series: number
}

/** What was said of one opened file. */
export interface SavedFile {
  readonly name: string
  /** For people; empty where it was not recognised. */
  readonly format: string
  readonly bytes: number
  readonly spans: number
  readonly lines: number
  readonly series: number
  /** False for one that could not be opened. */
  readonly wasRead: boolean
  readonly error?: { readonly message: string; readonly detail: string; readonly advice: string } | undefined
  /** What of it was left out or mended, in sentences. */
  readonly warnings: readonly string[]
}

/** Files that were opened together and listed by a step. */
export interface SavedFiles {
  /** By which the step finds it again, and its lines are found (lines-path.ts); from 1. */
  readonly number: number
  /** What stands of the files in the place of the step. */
  readonly key: string
  readonly files: readonly SavedFile[]
  /** How many traces were listed. */
  readonly listed: number
  /** Those that are in the file, with the names of the files that hold each; none where there was one file. */
  readonly traces: readonly { readonly id: string; readonly files: readonly string[] }[]
}

export interface Manifest {
  readonly kind: typeof fileKind
  readonly version: number
  /** Milliseconds since 1970. */
  readonly savedMs: number
  /** Version of the Clew that wrote it. */
  readonly writtenBy: string
  readonly thread: Thread
  readonly sources: readonly SavedSource[]
  readonly holds: SavedCounts
  /** What steps listed of opened files. */
  readonly opened: readonly SavedFiles[]
  /** How spans that steps looked at compared with others. */
  readonly peers: readonly SavedPeers[]
  /** What could not be kept, and why: sentences. */
  readonly notes: readonly string[]
  /** What was taken out before it was saved: names of kinds, and how many values of each. */
  readonly redacted: readonly { readonly what: string; readonly values: number }[]
  /** What a person said of sources, by their id; of a damaged file, anything. */
  readonly logFacts: Readonly<Record<string, unknown>>
  /** Which colour each service in the file had, by its name: `renderer/state/service-colors.ts`. Of an older or damaged file, fewer or none. */
  readonly serviceSlots: Readonly<Record<string, number>>
}

/** What came of reading a manifest. */
export type ReadManifest =
  /** It is none. */
  | { readonly kind: 'other' }
  /** What it says would be read for something else than it means. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** There is one, but no step of its thread is left. */
  | { readonly kind: 'lost'; readonly sentence: string }
  | { readonly kind: 'read'; readonly manifest: Manifest; readonly lostSteps: number }

const count = z.catch(z.int().check(z.nonnegative()), 0)
const words = z.catch(z.string(), '')
const list = <Item>(item: z.ZodMiniType<Item>) =>
  z.pipe(
    z.catch(z.array(z.unknown()), []),
    z.transform((items): Item[] =>
      items.flatMap((one) => {
        const read = item.safeParse(one)
        return read.success ? [read.data] : []
      }),
    ),
  )

const savedFile = z.object({
  name: z.string(),
  format: words,
  bytes: count,
  spans: count,
  lines: count,
  series: count,
  wasRead: z.catch(z.boolean(), true),
  error: z.catch(z.optional(z.object({ message: z.string(), detail: words, advice: words })), undefined),
  warnings: list(z.string()),
})

const savedFiles = z.object({
  number: z.int().check(z.positive()),
  key: z.string(),
  files: list(savedFile),
  listed: count,
  traces: list(z.object({ id: z.string(), files: list(z.string()) })),
})

/** All but the thread; what is damaged of it falls back alone. */
const rest = z.object({
  savedMs: count,
  writtenBy: words,
  sources: list(z.object({ id: z.string(), name: z.string(), kind: z.string() })),
  holds: z.catch(z.object({ traces: count, lines: count, series: count }), {
    traces: 0,
    lines: 0,
    series: 0,
  }),
  opened: list(savedFiles),
  peers: list(savedPeersSchema),
  notes: list(z.string()),
  redacted: list(z.object({ what: z.string(), values: z.number() })),
  logFacts: z.catch(z.record(z.string(), z.unknown()), {}),
  serviceSlots: z.catch(z.record(z.string(), z.number()), {}),
})

/** What is said of one whose thread is gone; its data is opened as any other. */
export const noStep = 'This is a saved investigation, but its list of steps cannot be read.'

const tracePath = /^traces\/[^/]+\.json$/
/** What nobody else's zip has by chance. */
const otherPath =
  /^(?:logs\/(?:lines|files-\d+)|metrics\/(?:series(?:\.\d+)?|exemplars|metadata|rules)|map\/calls)\.json$/

/** Whether a path within an investigation is that of what its steps showed. */
export const isPart = (path: string): boolean => tracePath.test(path) || otherPath.test(path)

/** Whether these are the paths of an investigation of which the manifest, or its name, is damaged. */
export function arePartsOfOne(paths: readonly string[]): boolean {
  const odd = paths.filter((path) => !isPart(path))
  if (odd.length > 1 || odd.length === paths.length) return false
  return odd[0] === manifestPath || paths.some((path) => otherPath.test(path))
}

const longestQuote = 60

/** A value as it stands in the file. */
const quoted = (value: unknown): string => cutText(JSON.stringify(value) ?? 'missing', longestQuote)

/** Reads a manifest as far as it goes. */
export function readManifest(value: unknown): ReadManifest {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== fileKind)
    return { kind: 'other' }
  const version = 'version' in value ? value.version : undefined
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return {
      kind: 'refused',
      sentence: `This investigation does not say in which format it was saved: its version is ${quoted(version)}, and should be a number.`,
    }
  if (version > fileVersion)
    return {
      kind: 'refused',
      sentence: `This investigation was saved by a newer Clew (format ${version}; this one reads up to ${fileVersion}).`,
    }
  const read = rest.safeParse(value)
  const { thread, lost } = readThread('thread' in value ? value.thread : undefined)
  if (thread.steps.length === 0) return { kind: 'lost', sentence: noStep }
  return {
    kind: 'read',
    lostSteps: lost,
    manifest: {
      kind: fileKind,
      version: fileVersion,
      ...(read.data ?? rest.parse({})),
      thread,
    },
  }
}
