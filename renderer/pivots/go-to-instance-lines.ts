import { namingQuery } from '#shared/correlate/instance-lines'
import type { LogQuestion } from '#shared/correlate/log-queries'
import { withFilter } from '#shared/query/logql/query'
import { toApiError } from '../state/errors'
import { askInstanceField } from '../state/instance-field'
import { say } from '../ui/status-message'

/** Finds out by which field a source's lines name an instance, and goes to those lines; where none does, to where they are looked for in other ways. */
export async function goToInstanceLines(
  source: { readonly id: string; readonly name: string },
  question: LogQuestion,
  name: string,
  onFound: (query: string) => void,
): Promise<void> {
  try {
    const field = await askInstanceField(source, question, name)
    onFound(field ? withFilter(question.query, field, true) : namingQuery(question.query, name))
  } catch (thrown) {
    say(`Which lines are of ${name} could not be asked: ${toApiError(thrown).message}`, { tone: 'warn' })
  }
}
