import { useEffect } from 'react'
import { nameList } from '#shared/base/name-list'
import { countOf, formatBytes } from '#shared/derive/quantities'
import type { SavedCounts } from '#shared/investigation/manifest'
import type { Step } from '#shared/thread/thread'
import { filesSaid } from '../state/file-said'
import { type FileLogs, useFileLogs } from '../state/file-logs'
import type { FilePanes } from '../state/file-panes'
import { hrefOfFiles } from '../state/files'
import { type LocationActions, useGo } from '../state/location'
import type { InputReport } from '../state/trace-view'
import { type OpenedFiles, type Progress, useOpenedFiles } from '../state/opened-files'
import { useNamesOfFiles } from '../state/names-of-files'
import { useSavedIn } from '../state/open-investigation'
import { stopHanding, useHanding, useOpenedSource } from '../state/opened-source'
import { useRemember } from '../state/preferences'
import { useStep } from '../state/thread-step'
import { useChooseFiles } from '../state/use-open-files'
import { hrefOfTrace } from '../state/trace-location'
import type { Problem } from '#shared/trace/table'
import { SavedFaults } from '../sources/saved-faults'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { useKeys } from '../ui/keys'
import { usePageTitle } from '../ui/page-title'
import { ProgressBar } from '../ui/progress-bar'
import { WarnNote } from '../ui/warn-note'
import { type FilesLocation, filesLocation } from './files-location'
import { ListedFiles } from './listed-files'
import styles from './files-page.module.css'

interface Props {
  readonly place: FilesLocation
  readonly actions: LocationActions<FilesLocation>
  readonly panes: FilePanes
}

/**
 * A file this large takes long enough to read (0.3 s and more on two cores) that its first rows should show meanwhile. Smaller ones are
 * sooner there as a whole: the page of the trace reads them again from the start when it takes over early.
 */
const largeBytes = 40_000_000

const countsOf = ({ spans, traces, bytes, totalBytes }: Progress): string =>
  [
    countOf(traces, 'trace'),
    countOf(spans, 'span'),
    totalBytes === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`,
  ].join(', ')

/** Logs between the traces of a collector. */
const isOtherSignal = ({ kind }: Problem): boolean => kind === 'other-signal'

/** Where a single trace is shown, if that is what these files hold: known at the end, and early for a large file that begins so. */
function onlyTraceOf(opened: OpenedFiles): string | undefined {
  const { isReading, traces, reports, missing, progress, firstTraceId, wasStopped } = opened
  if (missing > 0 || wasStopped) return undefined
  if (isReading) {
    const isLarge = progress?.totalBytes !== undefined && progress.totalBytes > largeBytes
    return isLarge && progress.traces === 1 ? firstTraceId : undefined
  }
  const isAll = reports.every(({ error, problems }) => !error && !problems.some(isOtherSignal))
  return traces.length === 1 && isAll ? traces[0].traceId : undefined
}

/** What files are told as by a step: their traces or, where there are none, the next that there are. */
function mostOf({ traces, lines, series }: SavedCounts): Pick<Step, 'signal' | 'count'> {
  if (traces > 0) return { signal: 'trace', count: countOf(traces, 'trace') }
  if (lines > 0) return { signal: 'log', count: countOf(lines, 'line') }
  if (series > 0) return { signal: 'metric', count: countOf(series, 'series', 'series') }
  // Also while it is not known yet.
  return { signal: 'trace', count: '' }
}

/** Names of files that are no traces, and of which it is not known yet whether they are something else. */
const undecided = (reports: readonly InputReport[], logs: readonly FileLogs[]): ReadonlySet<string> =>
  new Set(
    reports
      .filter(({ spans, error }) => spans === 0 && error && error.kind !== 'too-large')
      .map(({ name }) => name)
      .filter((name) => !logs.some((log) => log.name === name)),
  )

/** Reads the files, says what became of each, and lists their traces. */
export function OpenFiles({ place, actions, panes }: Props) {
  const opened = useOpenedFiles(place.files)
  const { isReading, progress, traces, holders, reports, count, missing, error, wasStopped, retry } = opened
  const stop = () => {
    opened.stop()
    stopHanding(place.files)
  }
  const go = useGo()
  const chooseFiles = useChooseFiles()
  const remember = useRemember()
  const calledBefore = useNamesOfFiles(place.files)
  const names = nameList(reports.map((report) => report.name))
  usePageTitle(names === '' ? undefined : names)
  useKeys({
    scope: 'Files',
    bindings: isReading ? [{ keys: 'Escape', title: 'Stop reading', run: stop }] : [],
  })

  const { files } = place
  const mayHoldLines =
    !isReading && reports.some(({ spans, problems }) => spans === 0 || problems.some(isOtherSignal))
  const { logs, isReading: isReadingLines } = useFileLogs(files, mayHoldLines)
  const lines = logs.reduce((sum, { batch }) => sum + batch.length, 0)
  const source = useOpenedSource(files)
  const series = source?.holds.series ?? 0
  const isComing = useHanding(files).kind === 'reading' || isReading || isReadingLines
  const saved = useSavedIn(files)
  // What became of its steps is said here.
  const only = saved?.kind === 'lost' ? undefined : onlyTraceOf(opened)
  useEffect(() => {
    if (only !== undefined) go(hrefOfTrace({ files, traceId: only }), { replace: true })
  }, [only, files, go])

  const spans = reports.reduce((sum, report) => sum + report.spans, 0)
  const bytes = reports.reduce((sum, report) => sum + report.bytes, 0)
  const formats = [...new Set(reports.map((report) => report.format).filter((format) => format !== ''))].join(
    ', ',
  )
  useEffect(() => {
    if (isReading || traces.length === 0) return
    remember({
      name: names,
      kind: formats,
      holds: traces.length === 1 ? countOf(spans, 'span') : countOf(traces.length, 'trace'),
      href: hrefOfFiles(files),
      openedMs: Date.now(),
      sizeBytes: bytes,
    })
  }, [isReading, traces, names, formats, spans, files, bytes, remember])

  useStep(
    filesLocation.path,
    isReading || names === ''
      ? undefined
      : { ...mostOf({ traces: traces.length, lines, series }), title: names, sources: [], query: '' },
  )

  const again = (
    <Button icon="file" onClick={() => void chooseFiles()}>
      Open file
    </Button>
  )

  if (missing === count)
    return (
      <>
        <h1 className="sr">Files</h1>
        <EmptyState
          title={count === 1 ? 'This file is not here any more.' : 'These files are not here any more.'}
          action={again}
        >
          Clew keeps the files opened last. Open {calledBefore === '' ? 'it' : calledBefore} again, or drop it
          anywhere in this window.
        </EmptyState>
      </>
    )
  if (only !== undefined) return undefined
  return (
    <div className={styles.page}>
      <h1 className="sr">{names === '' ? 'Files' : names}</h1>
      {isReading && (
        <ProgressBar
          label={count === 1 ? 'Reading the file' : `Reading ${count} files`}
          counts={progress && countsOf(progress)}
          fraction={progress?.totalBytes ? progress.bytes / progress.totalBytes : undefined}
          onCancel={stop}
          cancelKey="Escape"
        />
      )}
      <SavedFaults saved={saved} />
      {missing > 0 && (
        <WarnNote
          title={`${missing} of the ${count} files ${missing === 1 ? 'is' : 'are'} not here any more.`}
          action={again}
        >
          What is shown comes from the others.
        </WarnNote>
      )}
      {wasStopped && !isReading && (
        <WarnNote title="You stopped the reading." action={<Button onClick={retry}>Read on</Button>}>
          {countOf(traces.length, 'trace')} had come; they may be incomplete, and there may be more.
        </WarnNote>
      )}
      {error && reports.length === 0 && (
        <ErrorNote error={error} action={<Button onClick={retry}>Retry</Button>} />
      )}
      <ListedFiles
        place={place}
        actions={actions}
        panes={panes}
        files={filesSaid(reports, logs, source?.documents)}
        traces={traces}
        holders={holders}
        logs={logs}
        isReading={isReading}
        coming={isComing ? undecided(reports, logs) : undefined}
      />
      {!isComing && traces.length === 0 && lines === 0 && series === 0 && !wasStopped && (
        <EmptyState title="There is nothing to show." action={again}>
          What was found in {count === 1 ? 'the file' : 'each file'} stands above.
        </EmptyState>
      )}
    </div>
  )
}
