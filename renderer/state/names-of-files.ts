/** What files were called that are not here any more, so that they can be opened again. */
import { namesOfFiles } from './files-source'
import { usePreferences } from './preferences'
import { useThread } from './thread'

/** As far as the profile knows: what was opened last, and the steps of the thread. */
export function useNamesOfFiles(ids: readonly string[]): string {
  const { recent } = usePreferences()
  const { steps } = useThread()
  return ids.length === 0 ? '' : namesOfFiles(ids, recent, steps)
}
