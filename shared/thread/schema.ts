/** A thread as it comes from a disk, a file or the page: checked, and what is damaged of it left out and counted. */
import * as z from 'zod/mini'
import type { ThreadChange } from '#shared/thread/change'
import {
  emptyThread,
  longest,
  mostSources,
  mostSteps,
  signals,
  sound,
  type Step,
  type Thread,
} from '#shared/thread/thread'

// As in shared/api/schemas: without this zod tries `new Function`.
z.config({ jitless: true })

/** Of one thread: steps that a person marked are never left out, and may be more than there are otherwise. */
const mostRead = mostSteps * 2

const text = (what: string, most: number) =>
  z
    .string({ error: `${what} must be text.` })
    .check(z.maxLength(most, { error: `${what} is longer than ${most} characters.` }))

const time = z
  .number({ error: 'A time must be a number of milliseconds.' })
  .check(z.minimum(-8.64e15), z.maximum(8.64e15))

const window = z.object({ startMs: time, endMs: time })

/** Fields of a newer Clew pass through. */
const stepSchema: z.ZodMiniType<Step> = z.looseObject({
  id: text('The id of a step', 100).check(z.minLength(1)),
  parent: text('The parent of a step', 100),
  // Only a place of this application: an address of another would be opened as if it were one. In an address `\` is a slash, and tabs and
  // ends of lines are nothing: `/\host` and `/⇥/host` lead elsewhere as `//host` does.
  place: text('The place of a step', longest.place).check(
    z.regex(/^\/(?![\t\n\r]*[/\\])/, { error: 'The place of a step must begin with one slash.' }),
  ),
  signal: z.enum(signals, { error: `The signal of a step must be one of ${signals.join(', ')}.` }),
  title: text('The title of a step', longest.title),
  sources: z.array(text('The name of a source', longest.source)).check(z.maxLength(mostSources)),
  query: text('The query of a step', longest.query),
  window: z.optional(window),
  count: text('The count of a step', longest.count),
  atMs: time,
  name: text('The name of a step', longest.name),
  note: text('The note of a step', longest.note),
  isPinned: z.boolean({ error: 'Whether a step is pinned must be true or false.' }),
  asSaved: z.optional(z.catch(z.boolean(), false)),
})

const frame = {
  id: text('The id of the thread', 100).check(z.minLength(1)),
  name: text('The name of the thread', longest.name),
  summary: text('What is known', longest.note),
  current: text('The current step', 100),
  tip: text('The last step', 100),
}

/** What the page sends. */
export const threadChangeSchema: z.ZodMiniType<ThreadChange> = z.object(
  {
    ...frame,
    name: z.optional(frame.name),
    summary: z.optional(frame.summary),
    put: z
      .array(
        z.object({
          step: stepSchema,
          changed: z.optional(z.array(text('The name of a field', 100)).check(z.maxLength(100))),
        }),
      )
      .check(z.maxLength(mostRead)),
    removed: z.array(text('The id of a step', 100)).check(z.maxLength(mostRead)),
  },
  { error: 'A change of the thread must be given.' },
)

const loose = z.looseObject({
  id: z.catch(frame.id, 'recovered'),
  name: z.catch(frame.name, ''),
  summary: z.catch(frame.summary, ''),
  current: z.catch(frame.current, ''),
  tip: z.catch(frame.tip, ''),
  steps: z.catch(z.array(z.unknown()), []),
})

/** What could be read of a thread, and how many of its steps could not. A value that is no thread at all is an empty one. */
export function readThread(value: unknown): { readonly thread: Thread; readonly lost: number } {
  const read = loose.safeParse(value)
  if (!read.success) return { thread: emptyThread('recovered'), lost: 0 }
  const steps = read.data.steps.slice(0, mostRead).flatMap((step): Step[] => {
    const one = stepSchema.safeParse(step)
    return one.success ? [one.data] : []
  })
  const thread = sound({ ...read.data, steps })
  return { thread, lost: read.data.steps.length - thread.steps.length }
}
