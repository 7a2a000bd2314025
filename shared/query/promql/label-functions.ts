/** Functions that look at labels: they change them, or sort by them. */
import { expandGroups, wholeTextRegex } from '#shared/query/re2'
import { type Column, mergeColumns } from './columns.ts'
import type { Context } from './context.ts'
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

/** `label_replace`: a label from what a regular expression finds in another. Letters are work as samples are: labels made of labels grow fast. */
export async function labelReplace(
  call: Call,
  columns: readonly Column[],
  { budget }: Pick<Context, 'budget'>,
): Promise<Column[]> {
  const [target, template, source, pattern] = textsOf(call, 1)
  const refuse = (message: string): PromqlError => new PromqlError('execution', call.args[4], message)
  const regex = wholeTextRegex(pattern, refuse)
  needLabelName(call.args[1], target)
  const copies = template.split('$').length
  const replaced: Column[] = []
  for (const column of columns) {
    const value = labelValue(column.labels, source)
    const breath = budget.spend(value.length * copies + template.length, call)
    if (breath !== undefined) await breath
    const match = regex.find(value)
    if (match === undefined) replaced.push(column)
    else
      replaced.push({
        ...column,
        labels: withLabel(column.labels, target, expandGroups(template, match)),
      })
  }
  return mergeColumns(replaced, call)
}

/** `label_join`: a label from several others. */
export async function labelJoin(
  call: Call,
  columns: readonly Column[],
  { budget }: Pick<Context, 'budget'>,
): Promise<Column[]> {
  const [target, separator, ...sources] = textsOf(call, 1)
  needLabelName(call.args[1], target)
  const joined: Column[] = []
  for (const column of columns) {
    const values = sources.map((source) => labelValue(column.labels, source))
    const letters = values.reduce((sum, value) => sum + value.length + separator.length, 0)
    const breath = budget.spend(letters, call)
    if (breath !== undefined) await breath
    joined.push({ ...column, labels: withLabel(column.labels, target, values.join(separator)) })
  }
  return mergeColumns(joined, call)
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

function compareNaturally(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => text.match(/\d+|\D+/gu) ?? [])
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const numbers = /^\d/u.test(left[at]) && /^\d/u.test(right[at])
    const order = numbers ? Number(left[at]) - Number(right[at]) : compareText(left[at], right[at])
    if (order !== 0) return order
  }
  return left.length - right.length
}
