import type { ProbeReport, Source } from '#shared/api/contract'
import { formatDuration } from '#shared/derive/durations'
import { hrefOfConnections } from '../state/connections-location'
import { placeOf } from '../state/demo'
import { useGo } from '../state/location'
import { healthOf, useProbes, useSources } from '../state/sources'
import { Button } from '../ui/button'
import { type Health, HealthMark } from '../ui/health-mark'
import { Tooltip } from '../ui/tooltip'

/** More would push the search field aside; the rest is counted. */
const mostChips = 4

/** What the chip says when the pointer rests on it. */
function sentenceOf(source: Source, report: ProbeReport | undefined): string {
  if (!report) return `${source.name}: being asked`
  if (report.ok && source.kind === 'files') return `${source.name}: ${placeOf(source)}`
  if (report.ok && source.kind === 'local')
    return `${source.name}: a simulated shop within Clew, ${placeOf(source)}`
  if (!report.ok) return report.error?.message ?? `${source.name} does not answer.`
  const product = [report.product, report.version].filter(Boolean).join(' ')
  return `${source.name}: ${product}, answers in ${formatDuration(report.roundTripMs * 1e6)}`
}

const gravity: Readonly<Record<Health, number>> = { down: 0, slow: 1, asking: 2, ok: 3 }

/** The connections and how they are, at the right end of the top bar. */
export function SourceChips() {
  const { data: sources, isError } = useSources()
  const reports = useProbes((sources ?? []).map((source) => source.id))
  const go = useGo()
  if (!sources) {
    return isError ? (
      <Button size="lg" icon="plug" onClick={() => go(hrefOfConnections())}>
        Connections unknown
      </Button>
    ) : undefined
  }
  if (sources.length === 0) {
    return (
      <Button size="lg" icon="plug" onClick={() => go(hrefOfConnections())}>
        No sources yet
      </Button>
    )
  }
  const chips = sources.map((source, at) => ({ source, report: reports[at], health: healthOf(reports[at]) }))
  // Those in trouble are seen first when not all fit; among equals the order stays.
  const shown =
    chips.length <= mostChips
      ? chips
      : chips.toSorted((a, b) => gravity[a.health] - gravity[b.health]).slice(0, mostChips - 1)
  return (
    <div className="sources" role="group" aria-label="Connections">
      {shown.map(({ source, report, health }) => (
        <Tooltip key={source.id} text={sentenceOf(source, report)}>
          <button type="button" className="inset" onClick={() => go(hrefOfConnections({ id: source.id }))}>
            <HealthMark health={health} />
            <span className="cut">{source.name}</span>
            {source.kind === 'local' && <span className="t3 small">simulated</span>}
          </button>
        </Tooltip>
      ))}
      {shown.length < chips.length && (
        <button type="button" className="inset" onClick={() => go(hrefOfConnections())}>
          {chips.length - shown.length} more
        </button>
      )}
    </div>
  )
}
