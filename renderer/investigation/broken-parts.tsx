import { useLocation } from '@tanstack/react-router'
import { countOf } from '#shared/derive/quantities'
import { useHanding } from '../state/opened-source'
import { WarnNote } from '../ui/warn-note'

/** Which parts of the file that the investigation was opened from are damaged; nothing where none is. */
export function BrokenParts() {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const handing = useHanding(new URLSearchParams(search).getAll('file'))
  if (handing.kind !== 'there' || handing.broken.length === 0) return undefined
  const { broken } = handing
  return (
    <WarnNote title={`${countOf(broken.length, 'part')} of the file could not be read to the end.`}>
      {broken.join(', ')}
    </WarnNote>
  )
}
