/** `| regexp`, `| pattern` and `| decolorize`. */
import { partOfTextRegex, RegexError } from '#shared/query/re2'
import { labelName } from './label-name.ts'
import { readPattern } from './pattern.ts'
import type { Stage } from './stage.ts'

/** What named groups hold; one that took no part is empty. */
export function regexpStage(source: string): Stage {
  const regex = partOfTextRegex(source)
  // With nothing before the bar, the expression fits any text, and lists its groups.
  const names = Object.keys(new RegExp(`|${regex.source}`, 'u').exec('')?.groups ?? {})
  if (names.length === 0) throw new RegexError(`“${source}” names no group: (?P<name>…) does.`)
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      const groups = regex.exec(line)?.groups
      if (groups !== undefined) for (const name of names) labels.extract(labelName(name), groups[name] ?? '')
      return line
    },
  }
}

export function patternStage(source: string): Stage {
  const capturesOf = readPattern(source)
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      if (!labels.isComplete) for (const [name, value] of capturesOf(line)) labels.extract(name, value)
      return line
    },
  }
}

/** Colours and other orders to a terminal, as Loki knows them. */
const escapes =
  // oxlint-disable-next-line no-control-regex -- control characters are what it is for
  /[\u001B\u009B][[\]()#;?]*(?:(?:(?:[a-zA-Z\d]*(?:;[a-zA-Z\d]*)*)?\u0007)|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PRZcf-ntqry=><~]))/gu

export const decolorizeStage: Stage = {
  kind: 'read',
  names: [],
  run: (line) => line.replace(escapes, ''),
}
