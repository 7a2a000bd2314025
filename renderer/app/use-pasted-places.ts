import { useCallback } from 'react'
import { readPasted } from '#shared/correlate/pasted/pasted'
import { useSources } from '../state/sources'
import { type PastedPlace, placeOfPasted } from './pasted-place'

/** Where a pasted or typed text leads, with the sources there are now. */
export function usePastedPlaces(): (text: string) => readonly PastedPlace[] {
  const { data: sources } = useSources()
  return useCallback(
    (text) => readPasted(text).map((asked) => placeOfPasted(asked, sources ?? [], Date.now())),
    [sources],
  )
}
