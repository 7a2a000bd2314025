/** Functions that look at labels: they change them, or sort by them. */
import { RegexError, wholeTextRegex } from '#shared/query/re2'
import { type Column, mergeColumns } from './columns.ts'
import { type Call, type Expression, bare } from './expression.ts'
import {
  type Labels,
  compareLabels,
  compareText,
  labelValue,
  labelsOf,
  metricName,
  withLabel,
} from './labels.ts'
import { PromqlError } from './promql-error.ts'

/** `label_replace`: a label from what a regular expression finds in another. */
export function labelReplace(call: Call, columns: readonly Column[]): Column[] {
  const [target, template, source, pattern] = textsOf(call, 1)
  const regex = readRegex(call.args[4], pattern)
  needLabelName(call.args[1], target)
  return mergeColumns(
    columns.map((column) => {
      const match = regex.exec(labelValue(column.labels, source))
      if (match === null) return column
      return { ...column, labels: withLabel(column.labels, target, expand(template, match)) }
    }),
    call,
  )
}

/** `label_join`: a label from several others. */
export function labelJoin(call: Call, columns: readonly Column[]): Column[] {
  const [target, separator, ...sources] = textsOf(call, 1)
  needLabelName(call.args[1], target)
  return mergeColumns(
    columns.map((column) => {
      const value = sources.map((source) => labelValue(column.labels, source)).join(separator)
      return { ...column, labels: withLabel(column.labels, target, value) }
    }),
    call,
  )
}

/** `sort_by_label`: digits within a value count as a number. */
export function sortByLabel(call: Call, columns: readonly Column[]): Column[] {
  const names = textsOf(call, 1)
  const sign = call.name === 'sort_by_label_desc' ? -1 : 1
  return columns.toSorted((one, other) => {
    for (const name of names) {
      const order = compareNaturally(labelValue(one.labels, name), labelValue(other.labels, name))
      if (order !== 0) return sign * order
    }
    return sign * compareLabels(one.labels, other.labels)
  })
}

/** The labels of the series that is there while none of a selector is: those it asks to be equal to something, once. */
export function absentLabels(expression: Expression): Labels {
  const inner = bare(expression)
  const selector = inner.kind === 'matrix-selector' ? inner.selector : inner
  if (selector.kind !== 'vector-selector') return []
  const values = new Map<string, string>()
  const asked = new Set<string>()
  for (const { name, op, value } of selector.matchers) {
    if (name === metricName) continue
    if (op === '=' && !asked.has(name)) {
      asked.add(name)
      values.set(name, value)
    } else values.delete(name)
  }
  return labelsOf(values)
}

function textsOf({ args }: Call, from: number): string[] {
  return args.slice(from).map((arg) => {
    const text = bare(arg)
    return text.kind === 'string' ? text.value : ''
  })
}

function needLabelName(arg: Expression, name: string): void {
  if (name === '') throw new PromqlError('execution', arg, 'A label needs a name.')
}

function readRegex(arg: Expression, pattern: string): RegExp {
  try {
    return wholeTextRegex(pattern)
  } catch (error) {
    if (error instanceof RegexError) throw new PromqlError('execution', arg, error.message)
    throw error
  }
}

/** `$1`, `${1}`, `$name` and `${name}` are what a group found; `$$` is a dollar sign. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/gu,
    (_, dollar: string, plain: string, braced: string) => {
      if (dollar !== undefined) return '$'
      const group = plain ?? braced
      return (/^\d+$/u.test(group) ? match[Number(group)] : match.groups?.[group]) ?? ''
    },
  )
}

function compareNaturally(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.match(/\d+|\D+/gu) ?? [])
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const numbers = /^\d/u.test(left[at]) && /^\d/u.test(right[at])
    const order = numbers ? Number(left[at]) - Number(right[at]) : compareText(left[at], right[at])
    if (order !== 0) return order
  }
  return left.length - right.length
}
