import type { LogQuestion } from '#shared/correlate/log-queries'
import { withFilter } from '#shared/query/logql/query'
import { toApiError } from '../state/errors'
import { askInstanceField } from '../state/instance-field'
import { say } from '../ui/status-message'

interface Instance {
  readonly service: string
  readonly name: string
}

/** Finds out by which field a source's lines name an instance, and goes to those lines; says so where none does. */
export async function goToInstanceLines(
  source: { readonly id: string; readonly name: string },
  question: LogQuestion,
  { service, name }: Instance,
  onFound: (query: string) => void,
): Promise<void> {
  try {
    const field = await askInstanceField(source, question, name)
    if (field) onFound(withFilter(question.query, field, true))
    else
      say(
        `No line of ${service} in ${source.name} names the instance ${name}: neither a label nor metadata like pod, host or service_instance_id does.`,
        { tone: 'warn' },
      )
  } catch (thrown) {
    say(`Which lines are of ${name} could not be asked: ${toApiError(thrown).message}`, { tone: 'warn' })
  }
}
