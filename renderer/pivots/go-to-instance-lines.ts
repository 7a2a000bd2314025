import { namingField, namingQuery } from '#shared/correlate/instance-lines'
import type { LogQuestion } from '#shared/correlate/log-queries'
import { withFilter } from '#shared/query/logql/query'
import { readLogPage } from '../client/log-reader'
import { toApiError } from '../state/errors'
import { nsText } from '../state/log-facts'
import { say } from '../ui/status-message'

interface Instance {
  readonly service: string
  readonly name: string
}

/** Finds out by which field a source's lines name an instance, and goes to those lines; says so where none does. */
export async function goToInstanceLines(
  source: { readonly id: string; readonly name: string },
  { query, startMs, endMs }: LogQuestion,
  { service, name }: Instance,
  onFound: (query: string) => void,
): Promise<void> {
  const window = { startNs: nsText(startMs), endNs: nsText(endMs) }
  const question = { source, query: namingQuery(query, name), window, limit: 2, order: 'newest' } as const
  try {
    const { batch } = await readLogPage(question, AbortSignal.timeout(mostMs))
    const field = batch.length === 0 ? undefined : namingField({ batch, at: 0 }, name)
    if (field) onFound(withFilter(query, field, true))
    else
      say(
        `No line of ${service} in ${source.name} names the instance ${name}: neither a label nor metadata like pod, host or service_instance_id does.`,
        { tone: 'warn' },
      )
  } catch (thrown) {
    say(`Which lines are of ${name} could not be asked: ${toApiError(thrown).message}`, { tone: 'warn' })
  }
}

/** Somebody waits for the page to change. */
const mostMs = 10_000
