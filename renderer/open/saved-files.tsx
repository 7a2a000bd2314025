import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { nameList } from '#shared/base/name-list'
import { countOf } from '#shared/derive/quantities'
import { holdsLinesOf } from '#shared/investigation/lines-path'
import type { SavedFiles as Saved } from '#shared/investigation/manifest'
import { useFileLogs } from '../state/file-logs'
import type { FilePanes } from '../state/file-panes'
import { type LocationActions, useLocationState } from '../state/location'
import { savedFilesOf } from '../state/open-investigation'
import { useOpenedFiles } from '../state/opened-files'
import { useStep } from '../state/thread-step'
import { EmptyState } from '../ui/empty-state'
import { usePageTitle } from '../ui/page-title'
import { ProgressBar } from '../ui/progress-bar'
import { WarnNote } from '../ui/warn-note'
import { type FilesLocation, filesLocation } from './files-location'
import styles from './files-page.module.css'
import { ListedFiles } from './listed-files'

/** What a step listed of opened files, as the investigation holds it that was saved then. */
export function SavedFilesPage({ panes }: { readonly panes: FilePanes }) {
  const [place, actions] = useLocationState(filesLocation)
  const { files, set = 0 } = place
  const { data, isPending } = useQuery({
    queryKey: ['saved files', files.join(','), set],
    queryFn: async () => (await savedFilesOf(files, set)) ?? null,
    staleTime: Infinity,
  })
  if (isPending) return undefined
  if (!data)
    return (
      <>
        <h1 className="sr">Files</h1>
        <EmptyState title="What these files held is not here any more.">
          Open the investigation again that it was saved in.
        </EmptyState>
      </>
    )
  return (
    <SavedFiles
      key={`${files.join(',')} ${set}`}
      saved={data}
      place={place}
      actions={actions}
      panes={panes}
    />
  )
}

interface Props {
  readonly saved: Saved
  readonly place: FilesLocation
  readonly actions: LocationActions<FilesLocation>
  readonly panes: FilePanes
}

function SavedFiles({ saved, place, actions, panes }: Props) {
  const { isReading, traces: all, stop } = useOpenedFiles(place.files)
  const names = nameList(saved.files.map(({ name }) => name))
  const lines = saved.files.reduce((sum, file) => sum + file.lines, 0)
  const { logs: found } = useFileLogs(place.files, lines > 0)
  const logs = useMemo(() => found.filter(({ name }) => holdsLinesOf(name, saved.number)), [found, saved])
  const holders = useMemo(() => new Map(saved.traces.map(({ id, files }) => [id, files])), [saved])
  const traces = useMemo(() => all.filter(({ traceId }) => holders.has(traceId)), [all, holders])
  usePageTitle(names)
  useStep(filesLocation.path, {
    signal: saved.listed === 0 && lines > 0 ? 'log' : 'trace',
    title: names,
    sources: [],
    query: '',
    count: saved.listed === 0 && lines > 0 ? countOf(lines, 'line') : countOf(saved.listed, 'trace'),
  })
  return (
    <div className={styles.page}>
      <h1 className="sr">{names}</h1>
      {isReading && <ProgressBar label="Reading the investigation" onCancel={stop} />}
      {!isReading && traces.length < saved.listed && (
        <WarnNote title={`${traces.length} of the ${countOf(saved.listed, 'trace')} are in this file.`}>
          The others are where the files are.
        </WarnNote>
      )}
      <ListedFiles
        place={place}
        actions={actions}
        panes={panes}
        files={saved.files}
        traces={traces}
        holders={holders}
        logs={logs}
        isReading={isReading}
      />
    </div>
  )
}
