import type { TraceQuery } from '#shared/api/contract'

/** What a tag asks of a span itself, in the words of TraceQL. */
export interface IntrinsicCondition {
  readonly field: 'status' | 'kind'
  /** Everything but `word` is asked for. */
  readonly not: boolean
  readonly word: string
}

const statuses: ReadonlySet<string> = new Set(['error', 'ok', 'unset'])
const kinds: ReadonlySet<string> = new Set([
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
])

/** Words that Jaeger keeps as tags and others as fields of a span mean the same in both; undefined where a tag is only an attribute. */
export function intrinsicCondition({
  key,
  value,
}: TraceQuery['tags'][number]): IntrinsicCondition | undefined {
  const word = value.toLowerCase()
  if (key === 'error' && (word === 'true' || word === 'false'))
    return { field: 'status', not: word === 'false', word: 'error' }
  if (key === 'otel.status_code' && statuses.has(word)) return { field: 'status', not: false, word }
  if (key === 'span.kind' && kinds.has(word)) return { field: 'kind', not: false, word }
  return undefined
}
