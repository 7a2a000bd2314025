import { countOf } from '#shared/derive/quantities'
import type { SavedCounts } from '#shared/investigation/manifest'
import { SavedFaults } from '../sources/saved-faults'
import { hrefOfFiles } from '../state/files'
import { useGo } from '../state/location'
import type { FoundManifest } from '../state/manifest-in'
import { useHanding, useOpenedSource } from '../state/opened-source'
import { Button } from '../ui/button'
import { WarnNote } from '../ui/warn-note'

interface Props {
  readonly files: readonly string[]
  /** What came of looking into them. */
  readonly saved: FoundManifest | undefined
}

/** What of the file that the investigation was opened from is damaged or missing; nothing where nothing is. */
export function OpenedFile({ files, saved }: Props) {
  const handing = useHanding(files)
  const opened = useOpenedSource(files)
  const holds = opened?.holds
  const go = useGo()
  const broken = handing.kind === 'reading' ? handing.broken : (opened?.broken ?? [])
  const promised = saved?.kind === 'read' ? saved.manifest.holds : undefined
  return (
    <>
      <SavedFaults
        saved={saved}
        action={<Button onClick={() => go(hrefOfFiles(files))}>Show what is in it</Button>}
      />
      {broken.length > 0 && (
        <WarnNote title={`${countOf(broken.length, 'part')} of the file could not be read to the end.`}>
          {broken.join(', ')}
        </WarnNote>
      )}
      {holds && promised && isLess(holds, promised) && (
        <WarnNote title="Not all that was saved could be read.">
          It was saved with {wordsOf(promised)}; {wordsOf(holds)} could be read.
        </WarnNote>
      )}
    </>
  )
}

const isLess = (holds: SavedCounts, promised: SavedCounts): boolean =>
  holds.traces < promised.traces || holds.lines < promised.lines || holds.series < promised.series

const wordsOf = ({ traces, lines, series }: SavedCounts): string =>
  `${countOf(traces, 'trace')}, ${countOf(lines, 'line')} and ${countOf(series, 'series', 'series')}`
