/** What can be written at a place in a TraceQL text: words of the language, and names and values of the servers. */
import type { Completion, Completions } from '../../ui/code-editor/language'
import { completionPlace } from './completion-place'
import {
  comparisons,
  connectives,
  fixedValues,
  intrinsics,
  pipelineFunctions,
  scopes,
  spanSetOperators,
  type Word,
} from './vocabulary'
import { quote, writeName } from './spelling'

/** What the servers know; a failure is an empty list, for completion must never stand in the way of writing. */
export interface ServerWords {
  tags(): Promise<readonly { readonly scope: string; readonly tags: readonly string[] }[]>
  values(field: string): Promise<readonly { readonly type: string; readonly value: string }[]>
}

const nothing: Completions = { from: 0, items: [] }

const words = (
  list: readonly Word[],
  kind: Completion['kind'],
  after = ' ',
  goesOn = true,
): readonly Completion[] =>
  list.map(({ text, about }) => ({ label: text, insert: `${text}${after}`, kind, about, goesOn }))

async function fields(from: number, prefix: string, server: ServerWords): Promise<Completions> {
  const isUnscoped = prefix.startsWith('.')
  const known = await server.tags()
  const attributes = known
    .filter(({ scope }) => scope !== 'intrinsic')
    .flatMap(({ scope, tags }) =>
      tags.map((tag): Completion => {
        const label = isUnscoped ? `.${writeName(tag)}` : `${scope}.${writeName(tag)}`
        return { label, insert: `${label} `, kind: 'attribute', about: scope, goesOn: true }
      }),
    )
  const unique = [...new Map(attributes.map((item) => [item.label, item])).values()]
  if (isUnscoped) return { from, items: unique }
  const asked = known.find(({ scope }) => scope === 'intrinsic')?.tags ?? []
  const extra = asked
    .filter((tag) => !intrinsics.some(({ text }) => text === tag))
    .map((text): Word => ({ text, about: 'of every span' }))
  return {
    from,
    items: [
      ...words(intrinsics, 'keyword'),
      ...words(scopes, 'scope', ''),
      ...unique,
      ...words(extra, 'keyword'),
    ],
  }
}

async function values(
  from: number,
  field: string,
  isQuoted: boolean,
  server: ServerWords,
): Promise<Completions> {
  const fixed = fixedValues(field)
  if (fixed) return { from, items: isQuoted ? [] : words(fixed, 'value') }
  const known = await server.values(field)
  const items = known.map(({ type, value }): Completion => {
    const text = type === 'string' || isQuoted ? quote(value) : value
    return { label: text, insert: text, kind: 'value', about: type, goesOn: false }
  })
  return { from, items }
}

/** What can be written at `offset`. */
// oxlint-disable-next-line typescript/consistent-return -- every kind of place returns
export async function completionsAt(text: string, offset: number, server: ServerWords): Promise<Completions> {
  const place = completionPlace(text, offset)
  switch (place.kind) {
    case 'start':
      return {
        from: place.from,
        items: [{ label: '{ }', insert: '{ $0 }', kind: 'operator', about: 'a span that…', goesOn: true }],
      }
    case 'field':
      return fields(place.from, place.prefix, server)
    case 'comparison':
      return { from: place.from, items: words(comparisons, 'operator') }
    case 'value':
      return values(place.from, place.field, place.isQuoted, server)
    case 'connective':
      return { from: place.from, items: words(connectives, 'operator') }
    case 'span-set-operator':
      return { from: place.from, items: words(spanSetOperators, 'operator') }
    case 'pipeline':
      return { from: place.from, items: words(pipelineFunctions, 'function', '', false) }
    case 'none':
      return nothing
  }
}
