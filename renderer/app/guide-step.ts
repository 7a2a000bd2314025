import type { DemoSource } from '#shared/api/contract'
import { traceLocation } from '../state/trace-location'

/** Which step the place is; undefined where the guide has nothing to say. */
export function guideStepOf(path: string, search: string, demo: DemoSource): number | undefined {
  if (path === '/traces') return 0
  if (path !== '/trace') return undefined
  const { sources, files, span } = traceLocation.parse(new URLSearchParams(search))
  const isOfDemo = files.length === 0 && (sources.length === 0 || sources.includes(demo.id))
  if (!isOfDemo) return undefined
  return span === '' ? 1 : 2
}
