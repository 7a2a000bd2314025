/**
 * The manifest of a saved investigation. The file (`.clew`) is a zip:
 *
 * ```
 * manifest.json       this
 * traces/ID.json      OTLP JSON, a trace each
 * logs/lines.json     OTLP JSON; which attributes were labels says `loki.resource.labels`
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
  /** What could not be kept, and why: sentences. */
  readonly notes: readonly string[]
  /** What was taken out before it was saved: names of kinds, and how many values of each. */
  readonly redacted: readonly { readonly what: string; readonly values: number }[]
  /** What a person said of sources, by their id; of a damaged file, anything. */
  readonly logFacts: Readonly<Record<string, unknown>>
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
  notes: list(z.string()),
  redacted: list(z.object({ what: z.string(), values: z.number() })),
  logFacts: z.catch(z.record(z.string(), z.unknown()), {}),
})

/** What is said of one whose thread is gone; its data is opened as any other. */
export const noStep =
  'No step of this investigation could be read. What else is in the file was opened: traces, lines and metrics.'

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
