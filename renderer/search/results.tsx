import { memo, useCallback, useMemo, useState } from 'react'
import type { Source } from '#shared/api/contract'
import type { TimeZone } from '#shared/derive/clock-times'
import { startMsOf } from '#shared/trace/summary'
import { useGo } from '../state/location'
import type { FoundTrace } from '../state/merge-traces'
import type { SearchLocation } from '../state/search-location'
import { colorsOfTraces } from '../state/trace-colors'
import { hrefOfTrace } from '../state/trace-location'
import type { SearchSnapshot } from '../state/trace-search'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { TraceList } from '../ui/trace-list'
import { EmptyResults } from './empty-results'
import styles from './search-page.module.css'
import { TraceServices } from './trace-services'
import type { ShownTraces } from './use-search'

interface Props {
  readonly searchKey: string | undefined
  readonly place: SearchLocation
  readonly onAdjust: (change: Partial<SearchLocation>) => void
  readonly snapshot: SearchSnapshot
  readonly shown: ShownTraces
  readonly zone: TimeZone
  readonly isDone: boolean
  /** Searches with other conditions or another time. */
  readonly onSearch: (change: Partial<SearchLocation>) => void
  readonly sources: readonly Source[]
  /** Runs what the form says now; undefined while no source could be asked that. */
  readonly start: (() => void) | undefined
}

/** Which row was selected in a list one has left: going back finds it again. */
const selections = new Map<string, string>()

const hrefOfRow = ({ summary, sources }: FoundTrace): string => {
  const startMs = startMsOf(summary)
  return hrefOfTrace({
    sources: sources.map((source) => source.id),
    traceId: summary.traceId,
    startMs,
    endMs: startMs + summary.durationNs / 1e6,
  })
}

/** What was found: duration over time, and the table. */
export const Results = memo(function Results({
  searchKey,
  place,
  onAdjust,
  snapshot,
  shown,
  zone,
  isDone,
  onSearch,
  sources,
  start,
}: Props) {
  const go = useGo()
  const [selected, setSelected] = useState(() => selections.get(searchKey ?? ''))
  const { region, sort } = place
  const { traces, window, isOld } = shown
  const colorOf = useMemo(() => colorsOfTraces(traces.map(({ summary }) => summary)), [traces])
  const select = useCallback(
    (traceId: string) => {
      if (searchKey !== undefined) selections.set(searchKey, traceId)
      setSelected(traceId)
    },
    [searchKey],
  )
  const open = useCallback(
    (row: FoundTrace, inNewTab: boolean) => {
      if (inNewTab) globalThis.open(hrefOfRow(row), '_blank', 'noopener')
      else go(hrefOfRow(row))
    },
    [go],
  )

  if (searchKey === undefined)
    return (
      <EmptyState
        title="Find a trace."
        action={
          start && (
            <Button icon="play" onClick={start}>
              {sources.every((source) => source.capabilities.newestFirst) ? 'Newest traces' : 'Find traces'}
            </Button>
          )
        }
      >
        Say what you know of it on the left, and run it. A trace id can be pasted anywhere.
      </EmptyState>
    )
  if (traces.length === 0) {
    if (!isDone) return <p className={styles.waiting}>Waiting for the first answer.</p>
    return (
      window && (
        <EmptyResults
          place={place}
          window={window}
          zone={zone}
          asked={snapshot.sources}
          sources={sources}
          onSearch={onSearch}
        />
      )
    )
  }
  return (
    <TraceList
      rows={traces}
      window={window}
      sort={sort}
      onSort={(next) => onAdjust({ sort: next })}
      region={isOld ? undefined : region}
      onRegion={(next) => onAdjust({ region: next })}
      selected={selected}
      onSelect={select}
      onOpen={open}
      hrefOf={hrefOfRow}
      colorOf={colorOf}
      zone={zone}
      slowestNote={
        snapshot.sources.some((source) => source.hasMore || source.limitReached)
          ? 'the slowest of those loaded; there are more, so set “over” or load more to find slower ones'
          : undefined
      }
      isDimmed={isOld}
      renderSelected={({ summary }) => <TraceServices summary={summary} colorOf={colorOf} />}
    />
  )
})
