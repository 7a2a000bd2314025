/** What is asked for a step that is to be saved. */
import type { Source } from '#shared/api/contract'
import type { Step } from '#shared/thread/thread'
import { sourceOfFiles } from './files-source'
import { decoded, partsOfPlace } from './thread-place'
import type { SearchWindow } from './trace-search'

/** What a step is about, and where it is asked. */
export interface StepQuestion {
  readonly step: Step
  readonly path: string
  readonly params: URLSearchParams
  /** Those that are there of the sources the step names. */
  readonly sources: readonly Source[]
  /** When it is about. */
  readonly window: SearchWindow
}

/** A step without a time of its own is about the time around it. */
const aroundMs = 3_600_000

/** `all` are the sources there are. */
export function questionOf(step: Step, all: readonly Source[]): StepQuestion {
  const { path, query } = partsOfPlace(step.place)
  const params = new URLSearchParams(query)
  const ids = new Set([
    ...params.getAll('source'),
    ...params.getAll('p').map((panel) => decoded(panel.split(':', 2)[1] ?? '')),
    // Opened files are asked like a server, as soon as they are there.
    sourceOfFiles(params.getAll('file')),
  ])
  const named = all.filter(({ id }) => ids.has(id))
  return {
    step,
    path,
    params,
    sources: named.length > 0 ? named : all.filter(({ name }) => step.sources.includes(name)),
    window: step.window ?? { startMs: step.atMs - aroundMs, endMs: step.atMs },
  }
}
