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
  /** Those that are there of the sources its address names, by id and no other; of one that names none, those it told of, or all. */
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
  const files = params.getAll('file')
  const ids = new Set([
    ...params.getAll('source'),
    ...params.getAll('p').map((panel) => decoded(panel.split(':', 2)[1] ?? '')),
    // Opened files are asked like a server, as soon as they are there.
    ...(files.length > 0 ? [sourceOfFiles(files)] : []),
  ])
  ids.delete('')
  // A name is not enough where there is an id: the demo shop of this machine is called as the one that a saved step was asked of.
  const asked =
    ids.size > 0
      ? all.filter(({ id }) => ids.has(id))
      : // Where none is named, whoever can answer is asked: so the page did.
        all.filter(({ name }) => step.sources.length === 0 || step.sources.includes(name))
  return {
    step,
    path,
    params,
    sources: asked,
    window: step.window ?? { startMs: step.atMs - aroundMs, endMs: step.atMs },
  }
}
