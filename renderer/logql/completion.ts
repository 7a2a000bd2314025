/** What can be written at a place in a LogQL text: words of the language, and names and values of the server. */
import type { Completion, Completions } from '../ui/code-editor/language'
import { aggregations, comparisons, lineFilters, rangeFunctions, stages, type Word } from './vocabulary'

/** What the server knows; a failure is an empty list, for completion must never stand in the way of writing. */
export interface ServerNames {
  labels(): Promise<readonly string[]>
  /** Of the streams a selector without this label matches. */
  labelValues(label: string): Promise<readonly string[]>
  /** Found in the lines of what is written up to here. */
  fields(query: string): Promise<readonly { readonly label: string; readonly type: string }[]>
  fieldValues(field: string, query: string): Promise<readonly string[]>
}

/** What is being written, whether or not the rest of it is right. */
type Place =
  | {
      readonly kind: 'start' | 'label' | 'comparison' | 'after-selector' | 'inner' | 'none'
      readonly from: number
    }
  | { readonly kind: 'label-value'; readonly from: number; readonly label: string }
  | { readonly kind: 'stage'; readonly from: number; readonly query: string }
  | { readonly kind: 'field-value'; readonly from: number; readonly field: string; readonly query: string }

const condition = /([A-Za-z_]\w*)\s*(?:=~|!~|!=|=)\s*$/

/** Reads the text before the cursor from its beginning: quotes, braces and comments need no grammar, and hold when the rest is broken. */
export function placeIn(before: string): Place {
  let quoteFrom = -1
  let braceFrom = -1
  let isComment = false
  for (let at = 0; at < before.length; at++) {
    const sign = before[at]
    if (isComment) isComment = sign !== '\n'
    else if (quoteFrom >= 0) {
      if (sign === '\\' && before[quoteFrom] === '"') at += 1
      else if (sign === before[quoteFrom]) quoteFrom = -1
    } else if (sign === '"' || sign === '`') quoteFrom = at
    else if (sign === '#') isComment = true
    else if (sign === '{') braceFrom = at
    else if (sign === '}') braceFrom = -1
  }
  if (isComment) return { kind: 'none', from: before.length }
  const from = /\w*$/.exec(before)?.index ?? before.length
  const written = before.slice(0, from).trimEnd()
  if (quoteFrom >= 0) {
    const name = condition.exec(before.slice(0, quoteFrom))?.[1]
    if (name === undefined) return { kind: 'none', from: before.length }
    if (braceFrom >= 0) return { kind: 'label-value', from: quoteFrom, label: name }
    return { kind: 'field-value', from: quoteFrom, field: name, query: pipelineBefore(before, quoteFrom) }
  }
  if (braceFrom >= 0) {
    if (/[{,]$/.test(written)) return { kind: 'label', from }
    const value = condition.exec(written)?.[1]
    if (value !== undefined) return { kind: 'label-value', from, label: value }
    return /\w$/.test(written) ? { kind: 'comparison', from } : { kind: 'none', from }
  }
  if (/\b(?:by|without)\s*\([^)]*$/.test(written)) return { kind: 'label', from }
  if (written.endsWith('|')) return { kind: 'stage', from, query: pipelineBefore(before, from) }
  if (/(?:\||\bor|\band)\s*[A-Za-z_]\w*$/.test(written) && from < before.length + 1 && !isStage(written))
    return { kind: 'comparison', from }
  const field = condition.exec(written)?.[1]
  if (field !== undefined && /[|]\s*\w+\s*\S+$/.test(written))
    return { kind: 'field-value', from, field, query: pipelineBefore(before, from) }
  if (/[}"`]$/.test(written) || isStage(written)) return { kind: 'after-selector', from }
  if (written === '') return { kind: 'start', from }
  return written.endsWith('(') ? { kind: 'inner', from } : { kind: 'none', from }
}

const isStage = (written: string): boolean => {
  const word = /\|\s*(\w+)$/.exec(written)?.[1]
  return word !== undefined && stages.some(({ text }) => text === word)
}

/** The query up to the pipe that is being written, from its selector on. */
function pipelineBefore(text: string, at: number): string {
  const before = text.slice(0, at)
  const pipe = before.lastIndexOf('|')
  return before.slice(before.indexOf('{'), pipe < 0 ? at : pipe).trim()
}

const ofWords = (list: readonly Word[], kind: Completion['kind'], after: string, goesOn: boolean) =>
  list.map(({ text, about }): Completion => ({ label: text, insert: `${text}${after}`, kind, about, goesOn }))

const ofValues = (values: readonly string[]) =>
  values.map((value): Completion => {
    const text = JSON.stringify(value)
    return { label: text, insert: text, kind: 'value', about: '', goesOn: false }
  })

const selector: Completion = {
  label: '{ }',
  insert: '{$0}',
  kind: 'operator',
  about: 'lines whose labels…',
  goesOn: true,
}
const functions: readonly Completion[] = [
  ...rangeFunctions.map(({ text, about }): Completion => ({
    label: text,
    insert: `${text}({$0}[5m])`,
    kind: 'function',
    about,
    goesOn: true,
  })),
  ...aggregations.map(({ text, about }): Completion => ({
    label: text,
    insert: `${text}($0)`,
    kind: 'function',
    about,
    goesOn: true,
  })),
]

/** What can be written at `offset`. */
// oxlint-disable-next-line typescript/consistent-return -- every kind of place returns
export async function completionsAt(text: string, offset: number, server: ServerNames): Promise<Completions> {
  const place = placeIn(text.slice(0, offset))
  const { from } = place
  switch (place.kind) {
    case 'start':
    case 'inner':
      return { from, items: [selector, ...functions] }
    case 'label':
      return {
        from,
        items: (await server.labels()).map((label) => ({
          label,
          insert: label,
          kind: 'attribute',
          about: 'label',
          goesOn: false,
        })),
      }
    case 'comparison':
      return { from, items: ofWords(comparisons, 'operator', '', true) }
    case 'label-value':
      return { from, items: ofValues(await server.labelValues(place.label)) }
    case 'field-value':
      return { from, items: ofValues(await server.fieldValues(place.field, place.query)) }
    case 'after-selector':
      return { from, items: ofWords(lineFilters, 'operator', ' ', true) }
    case 'stage':
      return {
        from,
        items: [
          ...ofWords(stages, 'keyword', ' ', false),
          ...(await server.fields(place.query)).map(({ label, type }): Completion => ({
            label,
            insert: label,
            kind: 'attribute',
            about: type,
            goesOn: false,
          })),
        ],
      }
    case 'none':
      return { from, items: [] }
  }
}
