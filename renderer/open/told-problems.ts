import type { Problem } from '#shared/trace/table'
import type { InputReport } from '../state/opened-files'

/**
 * What is told of a file besides its error, and besides the lines of a log that could not be read: an error that it is cut off says what
 * the problem of that kind would say again, and a line of a log is no span.
 */
export function toldProblems(
  { error, problems, spans }: Pick<InputReport, 'error' | 'problems' | 'spans'>,
  unreadLines: number,
): readonly Problem[] {
  const isToldOf = (kind: Problem['kind']): boolean =>
    (kind === 'cut-off' && error?.kind === 'cut-off') ||
    (kind === 'unreadable-span' && spans === 0 && unreadLines > 0)
  return problems.filter(({ kind }) => !isToldOf(kind))
}
