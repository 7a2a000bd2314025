import type { DemoSource } from '#shared/api/contract'
import { findScenario } from '#shared/api/demo-scenarios'
import type { ShownFindings } from '../state/shown-findings'
import { metricsLocation } from '../state/metrics-location'
import { traceLocation } from '../state/trace-location'

/** The way through an incident. */
export const guideSteps = ['Metric', 'Request', 'Wait', 'Lines', 'Cause'] as const

/** Which step the place is, by what its trace gives to look at; undefined where the guide has nothing to say. */
export function guideStepOf(
  path: string,
  search: string,
  demo: DemoSource,
  shown: ShownFindings | undefined,
): number | undefined {
  const params = new URLSearchParams(search)
  if (path === '/traces') return 1
  if (path === '/metrics') return isStory(params, demo) ? 0 : undefined
  // Which lines and which service is a matter of the step before.
  if (path === '/logs' || path === '/service')
    return params.get('source') === demo.id ? (path === '/logs' ? 3 : 4) : undefined
  // A trace that is not there has nothing to read.
  if (path !== '/trace' || shown === undefined) return undefined
  const { sources, files } = traceLocation.parse(params)
  const isOfDemo = files.length === 0 && (sources.length === 0 || sources.includes(demo.id))
  if (!isOfDemo) return undefined
  return shown === 'selected' ? 2 : 1
}

/** Whether the chart is the one on which the incident is noticed. */
function isStory(params: URLSearchParams, demo: DemoSource): boolean {
  const query = findScenario(demo.demo.scenario)?.chart
  return metricsLocation
    .parse(params)
    .panels.some((panel) => panel.source === demo.id && panel.query === query)
}

/** What the guide says at a step: only what is there. */
export function guideText(step: number, scenario: string, shown: ShownFindings | undefined): string {
  const isHealthy = scenario === 'healthy'
  switch (step) {
    case 0:
      return 'Something got slow. Each diamond is one request that was measured: click one that stands high, and its trace opens.'
    case 1:
      return shown === undefined
        ? `Each dot and each row is one request${isHealthy ? '; none of them went wrong. Open any' : ' of the incident. Open one that stands out'}: double click its row, or press Enter on it.`
        : readText(shown)
    case 2:
      return 'The span that is selected now is the evidence, with all it says of itself beside it. Was it working, or waiting, and for what? L leads to its log lines.'
    case 3:
      return 'What was written then. Choose a line, and M leads to the metrics of its service at that moment.'
    default:
      return 'What changed then, and what is full: pools and queues stand below, against how much there is of each.'
  }
}

function readText(shown: ShownFindings): string {
  const read = 'The line under the bars follows what the request waited for.'
  if (shown === 'some') return `${read} The sentences above say what stands out: choose one.`
  return shown === 'none' ? `${read} Nothing stands out in this one.` : read
}
