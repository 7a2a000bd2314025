import type { PreferenceStore, SourceStore, ThreadStore } from '../handler/stores.ts'
import { demoShopName } from '../local/demo-shop.ts'
import type { CommandLine } from './command-line.ts'

interface Kept {
  readonly store: SourceStore
  readonly preferences: PreferenceStore
  readonly thread: ThreadStore
}

/**
 * Whether there is nothing to begin with: nothing is connected, asked for, or left to return to, and the demo shop was not ended before.
 * A thread that leads through the demo shop alone is nothing of one's own: it goes on where that runs again.
 */
export async function isFirstStart(
  { files, links, demo }: Pick<CommandLine, 'files' | 'links' | 'demo'>,
  { store, preferences, thread }: Kept,
): Promise<boolean> {
  if (files.length > 0 || links.length > 0 || demo !== undefined) return false
  if ((await store.list()).length > 0) return false
  const { demoEnded = false, recent } = await preferences.get()
  if (demoEnded || recent.some(({ href }) => /^\/(files|investigation)\b/.test(href))) return false
  const threads = [await thread.get(), ...(await thread.earlier())]
  return threads.every(({ steps }) =>
    steps.every(({ sources }) => sources.length > 0 && sources.every((name) => name === demoShopName)),
  )
}
