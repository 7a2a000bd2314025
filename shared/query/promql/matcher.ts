/** The conditions of a selector. */
import { type Refuse, wholeTextRegex } from '#shared/query/re2'
import { type Labels, labelValue } from './labels.ts'

/** A condition on one label; a label that is not there counts as ''. */
export interface Matcher {
  readonly name: string
  readonly op: '=' | '!=' | '=~' | '!~'
  /** What is compared with: a text, or a regular expression for the whole value. */
  readonly value: string
  readonly test: (value: string) => boolean
}

/** An expression that cannot be used, or not on some value, is refused as `refuse` says it. */
export function createMatcher(name: string, op: Matcher['op'], value: string, refuse?: Refuse): Matcher {
  switch (op) {
    case '=':
      return { name, op, value, test: (text) => text === value }
    case '!=':
      return { name, op, value, test: (text) => text !== value }
    default: {
      const regex = wholeTextRegex(value, refuse)
      const wanted = op === '=~'
      return { name, op, value, test: (text) => regex.test(text) === wanted }
    }
  }
}

export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every(({ name, test }) => test(labelValue(labels, name)))
}
