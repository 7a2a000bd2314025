import { countOf } from '#shared/derive/quantities'
import type { SavedCounts } from '#shared/investigation/manifest'
import { promisedIn } from '../state/open-investigation'
import { useHanding, useOpenedSource } from '../state/opened-source'
import { WarnNote } from '../ui/warn-note'

/** Which parts of the file that the investigation was opened from are damaged or missing; nothing where none is. */
export function OpenedFile({ files }: { readonly files: readonly string[] }) {
  const handing = useHanding(files)
  const holds = useOpenedSource(files)?.holds
  const broken = handing.kind === 'there' ? handing.broken : []
  const promised = promisedIn(files)
  return (
    <>
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
