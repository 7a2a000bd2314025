import type { Problem } from '#shared/trace/table'
import type { InputReport } from '../state/opened-files'

/** What is told of a file besides its error: an error that it is cut off says what the problem of that kind would say again. */
export function toldProblems({
  error,
  problems,
}: Pick<InputReport, 'error' | 'problems'>): readonly Problem[] {
  return error?.kind === 'cut-off' ? problems.filter(({ kind }) => kind !== 'cut-off') : problems
}
