/** `| json`, `| json a="b.c[0]"` and `| unpack`. */
import type { TextRange } from '#shared/query/query-error'
import { RegexError } from '#shared/query/re2'
import { eachField, JsonError, type JsonValue, unescape, valueUnder } from './json-walk.ts'
import { labelName } from './label-name.ts'
import type { LineLabels } from './line-labels.ts'
import type { Stage } from './stage.ts'
import { atPlace } from './token-reader.ts'

const jsonError = 'JSONParserErr'

/** What goes wrong with a line is kept with it: it goes on, with an error. */
function orFail(labels: LineLabels, read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    labels.fail(jsonError, error.message)
  }
}

function textOf({ kind, raw }: JsonValue): string {
  return kind === 'text' ? (unescape(raw) ?? '') : raw
}

/** All fields; those within objects under the names of both, with an underscore between. */
export const jsonStage: Stage = {
  kind: 'read',
  names: [],
  run(line, labels) {
    if (!labels.isComplete) orFail(labels, () => readFields(line, '', labels))
    return line
  },
}

/** True when there is nothing left to look for. */
function readFields(text: string, prefix: string, labels: LineLabels): boolean {
  return eachField(text, (key, value) => {
    const own = labelName(key, prefix === '')
    const name = prefix === '' || own === '' ? prefix + own : `${prefix}_${own}`
    if (value.kind === 'object') return labels.wantsBelow(name) && readFields(value.raw, name, labels)
    const isRead = value.kind === 'text' || value.kind === 'number' || value.kind === 'boolean'
    if (isRead && name !== '') labels.extract(name, textOf(value))
    return labels.isComplete
  })
}

/** A label, and where in a line its value is. */
export interface Extraction extends TextRange {
  readonly name: string
  readonly expression: string
}

export function jsonExpressionsStage(extractions: readonly Extraction[]): Stage {
  const paths = extractions.map(({ name, expression, ...range }) => ({
    name,
    path: atPlace(range, () => readPath(expression)),
  }))
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      if (line === '' || labels.isComplete) return line
      if (!/^["{[]/u.test(line)) {
        labels.fail(jsonError, '')
        return line
      }
      for (const { name, path } of paths) {
        const value = tryValue(line, path)
        const free = labels.freeName(name)
        if (value !== undefined)
          labels.set(
            free,
            value.kind === 'null' ? '' : value.kind === 'list' ? (unescape(value.raw) ?? '') : textOf(value),
          )
        else if (labels.get(name) === undefined) labels.set(name, '')
      }
      return line
    },
  }
}

/** Where the line stops being JSON, nothing more is found in it. */
function tryValue(line: string, path: readonly string[]): JsonValue | undefined {
  try {
    return valueUnder(line, path)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

/** `a.b`, `a["b c"]` and `a[0]`, as steps. */
function readPath(expression: string): readonly string[] {
  const step = /(?:^|\.)([A-Za-z_]\w*)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/uy
  const path: string[] = []
  while (step.lastIndex < expression.length) {
    const match = step.exec(expression)
    if (match === null) break
    const [, field, key, index] = match
    path.push(field ?? (index === undefined ? (unescape(key) ?? '') : `[${index}]`))
  }
  if (path.length === 0 || step.lastIndex !== expression.length)
    throw new RegexError(`“${expression}” is no place in JSON, such as a.b[0] or a["b c"].`)
  return path
}

/** What Promtail packed: `_entry` becomes the line, all other texts labels. */
export const unpackStage: Stage = {
  kind: 'rewrite',
  names: [],
  run(line, labels) {
    if (line === '' || labels.isComplete) return line
    let entry: string | undefined
    orFail(labels, () => {
      const found: [string, string][] = []
      eachField(line, (key, value) => {
        if (value.kind !== 'text') return
        const text = unescape(value.raw)
        if (key === '_entry') {
          if (text === undefined) throw new JsonError('the entry holds an escape that means nothing')
          entry = text
          return
        }
        const free = labels.freeName(key)
        if (labels.wants(free) && !labels.hasExtracted(free)) found.push([labelName(free), text ?? ''])
      })
      if (entry !== undefined) for (const [name, text] of found) labels.set(name, text)
    })
    return entry ?? line
  },
}
