import { z } from 'zod'
import { demoChoiceSchema } from '#shared/api/schemas'
import type { CommandLine } from './command-line.ts'

/** What a start, or the operating system, asks to be shown. */
export type ShowRequest = Pick<CommandLine, 'files' | 'links' | 'connect'> &
  Partial<Pick<CommandLine, 'demo'>>

const sent = z.object({
  files: z.array(z.string()),
  links: z.array(z.string()),
  connect: z.array(
    z.object({
      kind: z.enum(['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus']),
      url: z.url({ protocol: /^https?$/ }),
    }),
  ),
  demo: z.optional(demoChoiceSchema),
})

/** What a second start sent to the first. Another version's may look otherwise: then the window is only brought to the front. */
export function readSecondStart(data: unknown): ShowRequest {
  const { success, data: request } = sent.safeParse(data)
  return success ? request : { files: [], links: [], connect: [] }
}
