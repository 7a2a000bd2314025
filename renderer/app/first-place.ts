import type { Source } from '#shared/api/contract'
import { tabStorage } from '../state/browser-storage'
import { hrefOf } from '../state/location'
import { overviewLocation } from '../state/overview-location'

const shownKey = 'clew.first-start'

/**
 * Where the page begins in the place of the start page: where Clew began with the demo shop, at what is wrong in it. Once for a tab and
 * a run, so that a reload of the start page is a reload of the start page. Files that Clew was given come first.
 */
export function firstPlace(
  path: string,
  sources: readonly Source[] | undefined,
  givenFiles: number,
): string | undefined {
  const demo = sources?.find((source) => source.kind === 'local')
  if (path !== '/' || givenFiles > 0 || demo === undefined || demo.begunBy === 'page') return undefined
  const run = `${demo.id} ${demo.endMs}`
  if (tabStorage.get(shownKey) === run) return undefined
  tabStorage.set(shownKey, run)
  // Beside other sources it has to be named.
  const source = sources?.length === 1 ? '' : demo.id
  return hrefOf(overviewLocation, { ...overviewLocation.parse(new URLSearchParams()), source })
}
