/** The thread as Markdown, with a picture for each step that has one. */
import type { Source } from '#shared/api/contract'
import { formatDateTime, type TimeZone } from '#shared/derive/clock-times'
import { storyOf } from '#shared/investigation/markdown'
import type { Thread } from '#shared/thread/thread'
import { writeZip } from '../worker/zip-write'
import { questionOf } from './gather-question'
import { stepPicture } from './step-picture'

/** The story alone. */
export const storyText = (thread: Thread, zone: TimeZone): string =>
  storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures: new Map() })

/** A zip of the story and its pictures, beside each other; a picture that cannot be had is left out. */
export async function storyZip(
  thread: Thread,
  sources: readonly Source[],
  zone: TimeZone,
  signal: AbortSignal,
): Promise<Blob> {
  const pictures = new Map<string, string>()
  const files: { readonly path: string; readonly content: Uint8Array<ArrayBuffer> }[] = []
  for (const step of thread.steps)
    try {
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const svg = await stepPicture(questionOf(step, sources), { size: 'whole', zone }, signal)
      if (svg === undefined) continue
      const path = `pictures/${pictures.size + 1}.svg`
      pictures.set(step.id, path)
      files.push({ path, content: new TextEncoder().encode(svg) })
    } catch {
      // The story is told without it: its query and what it found stand there.
      signal.throwIfAborted()
    }
  const story = storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures })
  return writeZip([{ path: 'story.md', content: new TextEncoder().encode(story) }, ...files])
}
