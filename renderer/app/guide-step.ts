import type { DemoSource } from '#shared/api/contract'
import type { ShownFindings } from '../state/shown-findings'
import { traceLocation } from '../state/trace-location'

/** Which step the place is, by what its trace gives to look at; undefined where the guide has nothing to say. */
export function guideStepOf(
  path: string,
  search: string,
  demo: DemoSource,
  shown: ShownFindings | undefined,
): number | undefined {
  if (path === '/traces') return 0
  // A trace that is not there has nothing to read.
  if (path !== '/trace' || shown === undefined) return undefined
  const { sources, files } = traceLocation.parse(new URLSearchParams(search))
  const isOfDemo = files.length === 0 && (sources.length === 0 || sources.includes(demo.id))
  if (!isOfDemo) return undefined
  return shown === 'selected' ? 2 : 1
}

/** What the guide says at a step: only what is there. */
export function guideText(step: number, scenario: string, shown: ShownFindings | undefined): string {
  if (step === 0)
    return scenario === 'healthy'
      ? 'Each dot and each row is one request; none of them went wrong. Open any: double click its row, or press Enter on it.'
      : 'Each dot and each row is one request of the incident. Open one that stands out: double click its row, or press Enter on it.'
  if (step === 2)
    return 'The span that is selected now is the evidence, with all it says of itself beside it. Was it working, or waiting, and for what?'
  const read = 'The line under the bars follows what the request waited for.'
  if (shown === 'some') return `${read} The sentences above say what stands out: choose one.`
  return shown === 'none' ? `${read} Nothing stands out in this one.` : read
}
