/** The thread as Markdown, with the picture or the lines of each step that has some. */
import type { Source } from '#shared/api/contract'
import { formatDateTime, type TimeZone } from '#shared/derive/clock-times'
import { storyOf } from '#shared/investigation/markdown'
import type { LogLine } from '#shared/logs/batch'
import type { Thread } from '#shared/thread/thread'
import { writeZip } from '../worker/zip-write'
import { questionOf } from './gather-question'
import { stepLines, wordsOfLine } from './step-lines'
import { stepPicture } from './step-picture'

/** As many lines as tell what a step found; more of one would be no story. */
const linesTold = 12

const lineText = (line: LogLine, zone: TimeZone): string => {
  const { time, level, text } = wordsOfLine(line, zone)
  return [time, ...(level ? [level.toUpperCase()] : []), text].join(' ')
}

/** The story alone. */
export const storyText = (thread: Thread, zone: TimeZone): string =>
  storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures: new Map(), lines: new Map() })

/** A zip of the story, the lines its steps found within it, and its pictures beside it; what cannot be had is left out. */
export async function storyZip(
  thread: Thread,
  sources: readonly Source[],
  zone: TimeZone,
  signal: AbortSignal,
): Promise<Blob> {
  const pictures = new Map<string, string>()
  const lines = new Map<string, readonly string[]>()
  const files: { readonly path: string; readonly content: Uint8Array<ArrayBuffer> }[] = []
  for (const step of thread.steps)
    try {
      const question = questionOf(step, sources)
      // oxlint-disable-next-line no-await-in-loop -- as in gather()
      const svg = await stepPicture(question, { size: 'whole', zone }, signal)
      if (svg === undefined) {
        // oxlint-disable-next-line no-await-in-loop -- as in gather()
        const found = await stepLines(question, linesTold, signal)
        if (found)
          lines.set(
            step.id,
            found.map((line) => lineText(line, zone)),
          )
        continue
      }
      const path = `pictures/${pictures.size + 1}.svg`
      pictures.set(step.id, path)
      files.push({ path, content: new TextEncoder().encode(svg) })
    } catch {
      // The story is told without it: its query and what it found stand there.
      signal.throwIfAborted()
    }
  const story = storyOf(thread, { formatTime: (ms) => formatDateTime(ms, zone), pictures, lines })
  return writeZip([{ path: 'story.md', content: new TextEncoder().encode(story) }, ...files])
}
