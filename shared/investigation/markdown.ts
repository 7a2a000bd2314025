/** The story of an investigation as Markdown, for a post-mortem. */
import { nameOf, rowsOf, type Step, type Thread } from '#shared/thread/thread'

export interface StoryOptions {
  /** Of a moment, milliseconds since 1970. */
  readonly formatTime: (ms: number) => string
  /** Where the picture of a step is, by its id; those without one are left out. */
  readonly pictures: ReadonlyMap<string, string>
  /** The lines that a step found, by its id, as they are read; those without any are left out. */
  readonly lines: ReadonlyMap<string, readonly string[]>
}

/** What Markdown would take for its own. */
const plain = (text: string): string =>
  text.replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`).replaceAll(/\s*\n\s*/g, ' ')

/** The fence is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}

const partsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Title, what is known, and every step in the order it was gone, with its query, picture, lines and note. */
export function storyOf(thread: Thread, { formatTime, pictures, lines }: StoryOptions): string {
  const title = thread.name === '' ? 'Investigation' : thread.name
  const known = partsOf(thread.summary).map((line) => `- ${plain(line.replace(/^[-*]\s+/, ''))}`)
  const steps = rowsOf(thread).map(({ step, depth }, at) => sectionOf(step, at + 1, depth))
  return `${[`# ${plain(title)}`, ...(known.length > 0 ? ['## What we know', known.join('\n')] : []), '## Steps', ...steps].join('\n\n')}\n`

  function sectionOf(step: Step, number: number, depth: number): string {
    const head = [plain(nameOf(step)), plain(step.count)].filter((part) => part !== '').join(' · ')
    const about = [
      step.sources.map(plain).join(', '),
      step.window
        ? `${formatTime(step.window.startMs)} – ${formatTime(step.window.endMs)}`
        : formatTime(step.atMs),
      ...(step.isPinned ? ['pinned'] : []),
      ...(depth > 0 ? ['on a branch'] : []),
    ].filter((part) => part !== '')
    const picture = pictures.get(step.id)
    const found = lines.get(step.id) ?? []
    return [
      `### ${number}. ${head}`,
      about.join(' · '),
      ...(step.query === '' ? [] : [fenced(step.query)]),
      ...(picture === undefined ? [] : [`![${plain(nameOf(step))}](${picture})`]),
      ...(found.length === 0 ? [] : [fenced(found.join('\n'))]),
      ...(step.note === ''
        ? []
        : [
            partsOf(step.note)
              .map((line) => `> ${plain(line)}`)
              .join('\n'),
          ]),
    ].join('\n\n')
  }
}
