import { useCallback, useMemo, useState } from 'react'
import { countOf, formatBytes } from '#shared/derive/quantities'
import type { TraceSummary } from '#shared/trace/table'
import type { FileLogs } from '../state/file-logs'
import type { FilePanes } from '../state/file-panes'
import type { FileSaid } from '../state/file-said'
import { type LocationActions, useGo } from '../state/location'
import { usePreferences } from '../state/preferences'
import { colorsOfTraces } from '../state/trace-colors'
import { hrefOfTrace } from '../state/trace-location'
import { Segmented } from '../ui/segmented'
import { Slot } from '../ui/slot'
import { TraceList } from '../ui/trace-list'
import type { TraceRow } from '../ui/trace-table'
import { AskFiles } from './ask-files'
import { FileReports } from './file-reports'
import type { FilesLocation } from './files-location'
import styles from './files-page.module.css'

interface Props {
  readonly place: FilesLocation
  readonly actions: LocationActions<FilesLocation>
  readonly panes: FilePanes
  /** What is said of each. */
  readonly files: readonly FileSaid[]
  readonly traces: readonly TraceSummary[]
  /** By trace id, the names of the files that hold it; empty where there is only one file. */
  readonly holders: ReadonlyMap<string, readonly string[]>
  readonly logs: readonly FileLogs[]
  readonly isReading: boolean
  /** As in `FileReports`. */
  readonly coming?: ReadonlySet<string> | undefined
}

/** What is in files: what is said of each, the ways to ask them, and their traces or lines. */
export function ListedFiles(props: Props) {
  const { place, actions, panes, files: said, traces, holders, logs, isReading, coming } = props
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const [selected, setSelected] = useState<string>()
  const { files } = place
  const lines = logs.reduce((sum, { batch }) => sum + batch.length, 0)
  const rows = useMemo(
    () =>
      traces.map((summary): TraceRow => ({
        summary,
        sources: (holders.get(summary.traceId) ?? []).map((name) => ({ name })),
      })),
    [traces, holders],
  )
  const colorOf = useMemo(() => colorsOfTraces(traces), [traces])
  const hrefOf = useCallback((row: TraceRow) => hrefOfTrace({ files, traceId: row.summary.traceId }), [files])
  const open = useCallback(
    (row: TraceRow, inNewTab: boolean) => {
      if (inNewTab) globalThis.open(hrefOf(row), '_blank', 'noopener')
      else go(hrefOf(row))
    },
    [go, hrefOf],
  )
  const hrefOfLine = useCallback(
    (traceId: string, spanId: string | undefined) =>
      traces.some((trace) => trace.traceId === traceId)
        ? hrefOfTrace({ files, traceId, span: spanId ?? '' })
        : undefined,
    [traces, files],
  )
  const showsLines = lines > 0 && (traces.length === 0 || place.show === 'lines')
  const spans = said.reduce((sum, file) => sum + file.spans, 0)
  const bytes = said.reduce((sum, file) => sum + file.bytes, 0)
  return (
    <>
      {said.length > 0 && <FileReports files={said} coming={coming} />}
      {!isReading && <AskFiles files={files} />}
      {traces.length > 0 && lines > 0 && (
        <div className={styles.choice}>
          <Segmented
            label="Shown"
            value={place.show}
            options={[
              { value: 'traces', label: countOf(traces.length, 'trace') },
              { value: 'lines', label: countOf(lines, 'line') },
            ]}
            onChange={(show) => actions.go({ show })}
          />
        </div>
      )}
      {showsLines && <panes.lines logs={logs} hrefOf={hrefOfLine} />}
      {traces.length > 0 && !showsLines && (
        <TraceList
          rows={rows}
          window={undefined}
          sort={place.sort}
          onSort={(sort) => actions.adjust({ sort })}
          region={place.region}
          onRegion={(region) => actions.adjust({ region })}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
          hrefOf={hrefOf}
          colorOf={colorOf}
          zone={zone}
          heldBy="File"
        />
      )}
      <Slot name="status">
        {traces.length > 0 && (
          <span>
            {countOf(traces.length, 'trace')}, {countOf(spans, 'span')}, {formatBytes(bytes)}
          </span>
        )}
      </Slot>
    </>
  )
}
