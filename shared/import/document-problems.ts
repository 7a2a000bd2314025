/** What was left out of a document, as sentences for the person who reads the trace. */
import { countOf, countText } from '#shared/base/count-text'
import type { Problem } from '#shared/trace/table'
import type { DocumentWords } from './document-words.ts'
import type { Reading } from './reading.ts'

/** A problem of a document, and the trace that it belongs to; -1 = all that the document has spans of. */
export interface DocumentProblem {
  readonly trace: number
  readonly problem: Problem
}

/** What is known of a document; offsets are bytes from its start. */
export interface DocumentFacts {
  readonly name: string
  readonly reading: Reading
  readonly words: DocumentWords
  readonly isCutOff: boolean
  /** Services that are only known by the id of their process. */
  readonly undescribed: number
  /** Where parts that are no spans could not be read. */
  readonly brokenAt: readonly number[]
  /** Where the first span that could not be read begins. */
  readonly unreadableAt: number
  readonly tooLarge: number
}

/** Everything that was left out, or that the server said it left out. */
export function documentProblems(facts: DocumentFacts): DocumentProblem[] {
  const { name, reading, words, unreadableAt } = facts
  const found: DocumentProblem[] = []
  const add = (kind: Problem['kind'], trace: number, count: number, message: string): void => {
    found.push({ trace, problem: { kind, count, message, rows: [] } })
  }
  if (facts.isCutOff) {
    const unnamed =
      facts.undescribed > 0 ? ', nor are the names of its services: they are shown as p1, p2' : ''
    add(
      'cut-off',
      reading.lastTrace,
      1,
      `${name} ends in the middle; what comes after is not here${unnamed}.`,
    )
  }
  for (const offset of facts.brokenAt) {
    const where = `A part of ${name} from byte ${countText(offset)} on`
    add('unreadable-span', -1, 1, `${where} could not be read and was left out.`)
  }
  if (words.isPartial) {
    const quoted = words.message === '' ? '' : `: “${words.message}”`
    const count = Math.max(1, reading.spanCount)
    add('partial', -1, count, `The server says that this is only a part of the trace${quoted}.`)
  }
  if (words.serverError !== '' && reading.spanCount > 0) {
    add('partial', -1, reading.spanCount, `The server broke off with an error: “${words.serverError}”.`)
  }
  if (reading.unreadable > 0 && words.format !== '') {
    const many = reading.unreadable > 1
    add(
      'unreadable-span',
      -1,
      reading.unreadable,
      `${countOf(reading.unreadable, 'span')} of ${name} could not be read and ${many ? 'were left out, the first' : 'was left out'} ` +
        `at byte ${countText(unreadableAt)}.`,
    )
  }
  if (facts.tooLarge > 0) {
    const many = facts.tooLarge > 1
    add(
      'too-large',
      -1,
      facts.tooLarge,
      `${countOf(facts.tooLarge, 'span')} of ${name} ${many ? 'are' : 'is'} longer than 256 MB and ${many ? 'were' : 'was'} left out.`,
    )
  }
  if (reading.oddIds > 0) {
    add(
      'no-id',
      -1,
      reading.oddIds,
      `${countOf(reading.oddIds, 'span')} ${reading.oddIds > 1 ? 'have' : 'has'} ids that are no trace or span ids; ` +
        'they are shown with hex digits made from them.',
    )
  }
  return found
}
