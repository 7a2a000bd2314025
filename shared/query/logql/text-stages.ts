/** `| regexp`, `| pattern` and `| decolorize`. */
import { partOfTextRegex, type Refuse } from '#shared/query/re2'
import { labelName } from './label-name.ts'
import { readPattern } from './pattern.ts'
import type { Stage } from './stage.ts'

/** What named groups hold; one that took no part is empty. */
export function regexpStage(source: string, refuse: Refuse): Stage {
  const regex = partOfTextRegex(source, refuse)
  const { groupNames } = regex
  if (groupNames.length === 0) throw refuse(`“${source}” names no group: (?P<name>…) does.`)
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      const groups = regex.find(line)?.groups
      if (groups !== undefined)
        for (const name of groupNames) labels.extract(labelName(name), groups[name] ?? '')
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
