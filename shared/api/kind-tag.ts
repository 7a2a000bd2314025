/** The condition of a search on the kind of span, as a tag: Jaeger calls it `span.kind`, and who reads the form knows it by that. */
import type { TagCondition } from '#shared/api/contract'
import type { SpanKindName } from '#shared/trace/table'

const key = 'span.kind'
/** Written out, for the contract takes only types from the data model. */
export const kindNames: readonly SpanKindName[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]

export const kindTag = (kind: SpanKindName): TagCondition => ({ key, value: kind })

/** Undefined for a tag that says something else. */
export const kindOfTag = (tag: TagCondition): SpanKindName | undefined =>
  tag.key.trim() === key ? kindNames.find((kind) => kind === tag.value.toLowerCase()) : undefined

/** The kind that tags ask for; the first where they contradict each other. */
export const kindAsked = (tags: readonly TagCondition[]): SpanKindName | undefined =>
  tags.map(kindOfTag).find((kind) => kind !== undefined)

export const withoutKind = (tags: readonly TagCondition[]): readonly TagCondition[] =>
  tags.filter((tag) => kindOfTag(tag) === undefined)
