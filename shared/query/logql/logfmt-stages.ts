/** `| logfmt` and `| logfmt a="b"`: lines such as `level=info msg="a text"`. */
import { unescape } from './json-walk.ts'
import type { Extraction } from './json-stages.ts'
import { labelName } from './label-name.ts'
import type { LineLabels } from './line-labels.ts'
import type { Stage } from './stage.ts'

export interface LogfmtFlags {
  /** Stops at what is no logfmt, with an error; otherwise that is passed over. */
  readonly isStrict: boolean
  readonly keepsEmpty: boolean
}

interface Pair {
  readonly key: string
  readonly value: string
}

/** The pairs of a line, and undefined for each stretch that is none. */
function* pairsOf(line: string): Generator<Pair | undefined> {
  const word = /[\0- ]*([^\0- ="]*)/y
  const bare = /[^\0- ="]*/y
  const quoted = /"((?:[^"\\]|\\[^])*)"/y
  const rest = /[^\0- ]*/y
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(line)
    if (found !== null) at = pattern.lastIndex
    return found
  }
  for (;;) {
    const key = take(word)?.[1] ?? ''
    if (at >= line.length && key === '') return
    if (line[at] === '"' || (line[at] === '=' && key === '')) {
      take(rest)
      yield undefined
    } else if (line[at] !== '=') yield { key, value: '' }
    else {
      at++
      if (line[at] === '"') {
        const raw = take(quoted)?.[1]
        if (raw === undefined) at = line.length
        const value = raw === undefined ? undefined : unescape(raw)
        yield value === undefined ? undefined : { key, value }
      } else {
        const value = take(bare)?.[0] ?? ''
        const isBroken = line[at] === '=' || line[at] === '"'
        if (isBroken) take(rest)
        yield isBroken ? undefined : { key, value }
      }
    }
  }
}

/** Calls with the pairs of a line until it answers true, or something is wrong and that counts. */
function eachPair(
  line: string,
  labels: LineLabels,
  isStrict: boolean,
  visit: (key: string, value: string) => boolean,
): void {
  for (const pair of pairsOf(line)) {
    if (pair === undefined && isStrict) return labels.fail('LogfmtParserErr', 'this is no logfmt')
    const key = labelName(pair?.key ?? '')
    if (pair !== undefined && key !== '' && visit(key, pair.value)) return
  }
}

export function logfmtStage({ isStrict, keepsEmpty }: LogfmtFlags): Stage {
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      if (!labels.isComplete)
        eachPair(line, labels, isStrict, (key, value) => {
          if (value !== '' || keepsEmpty) labels.extract(key, value)
          return labels.isComplete
        })
      return line
    },
  }
}

export function logfmtExpressionsStage(extractions: readonly Extraction[], { isStrict }: LogfmtFlags): Stage {
  const asked = new Set(extractions.map(({ name }) => name))
  const renamed = new Map(extractions.map(({ name, expression }) => [expression, name]))
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      if (labels.isComplete) return line
      for (const name of asked) if (!labels.isTaken(name)) labels.set(name, '')
      eachPair(line, labels, isStrict, (key, value) => {
        if (!asked.has(key) && (!labels.wants(key) || labels.hasExtracted(key))) return false
        const name = renamed.get(key) ?? key
        if (!asked.has(name)) return false
        const free = labels.freeName(name)
        if (free !== name && (labels.hasExtracted(free) || !labels.wants(free))) return true
        labels.set(free, value)
        return labels.isComplete
      })
      return line
    },
  }
}
