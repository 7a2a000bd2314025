import type { Source } from '#shared/api/contract'
import { tabStorage } from '../state/browser-storage'

const shownKey = 'clew.first-start'

/**
 * Where the page begins in the place of the start page: where the demo shop began by itself, at what is wrong in it. Once for a tab and
 * a run, so that a reload of the start page is a reload of the start page.
 */
export function firstPlace(path: string, sources: readonly Source[] | undefined): string | undefined {
  const demo = sources?.find((source) => source.kind === 'local')
  if (path !== '/' || demo?.beganByItself !== true) return undefined
  const run = `${demo.id} ${demo.endMs}`
  if (tabStorage.get(shownKey) === run) return undefined
  tabStorage.set(shownKey, run)
  return '/overview'
}
