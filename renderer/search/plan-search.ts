/** From one search to what each source is asked, in its own language. */
import { searchText } from '#shared/api/search-text'
import type { Source, TagCondition, TraceConditions, TraceQuery } from '#shared/api/contract'
import { countedPart } from '#shared/query/traceql/parse'
import type { Ask } from '../state/trace-search'
import type { SearchLocation } from '../state/search-location'
import { readTraceql } from './traceql/read-traceql'

/** A source that is chosen and not asked, and why. */
export interface LeftOut {
  readonly source: Source
  /** One sentence for its line. */
  readonly sentence: string
}

export interface SearchPlan {
  readonly asks: readonly Ask[]
  readonly leftOut: readonly LeftOut[]
}

/** The sources a search means: those it names, or all; all too where none of those it names is there, as in another's link. */
export function chosenSources(
  sources: readonly Source[],
  chosen: SearchLocation['sources'],
): readonly Source[] {
  const named = sources.filter((source) => chosen.includes(source.id))
  return named.length === 0 ? sources : named
}

/** Own TraceQL that no form says; undefined where the form says it all. */
export function ownTraceql(state: Pick<SearchLocation, 'traceql'>): string | undefined {
  const text = state.traceql.trim()
  return text === '' || readTraceql(text) ? undefined : text
}

/** What the form says, also when it came as TraceQL that a form can say. */
export function conditionsOf(state: SearchLocation): TraceConditions {
  const { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly } = state
  const written = state.traceql.trim() === '' ? undefined : readTraceql(state.traceql)
  return written ?? { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly }
}

/** Servers without TraceQL know no scopes: `resource.k8s.pod.name` is `k8s.pod.name` there. `span.kind` is a name, not a scope. */
const plainTag = ({ key, value }: TagCondition): TagCondition => ({
  key: key === 'span.kind' ? key : key.replace(/^(resource|span|event|link|instrumentation)\./, ''),
  value,
})

/** Who is asked what, and who is not asked, and why. */
export function planSearch(
  state: SearchLocation,
  sources: readonly Source[],
  window: { readonly startMs: number; readonly endMs: number },
): SearchPlan {
  const written = ownTraceql(state)
  // What is counted is charted; what is found is what was counted.
  const own = written && (countedPart(written) ?? written)
  const conditions = conditionsOf(state)
  const asks: Ask[] = []
  const leftOut: LeftOut[] = []
  for (const source of chosenSources(sources, state.sources)) {
    const { traceql, needsService, newestFirst } = source.capabilities
    if (own !== undefined && !traceql && !state.askOthers)
      leftOut.push({
        source,
        sentence: `Not asked: ${source.name} does not speak TraceQL.`,
      })
    else {
      const query: TraceQuery = {
        ...conditions,
        tags: traceql ? conditions.tags : conditions.tags.map((tag) => plainTag(tag)),
        ...window,
        limit: state.limit,
        traceql: (traceql ? own : undefined) ?? '',
      }
      asks.push({
        source: { id: source.id, name: source.name },
        query,
        newestFirst,
        // TraceQL says by itself which services a trace must have.
        withServices: query.traceql === '' ? state.withServices : [],
        eachService: needsService && query.service === '' && query.traceql === '',
      })
    }
  }
  return { asks, leftOut }
}

/** What is asked, in TraceQL where one of the sources speaks it, otherwise in the words of the first; empty where none is asked. */
export function textOf(asks: readonly Ask[], sources: readonly Source[]): string {
  const texts = asks.flatMap(({ query, source: { id } }) => {
    const source = sources.find((one) => one.id === id)
    return source ? [{ text: searchText(query, source), isTraceql: source.capabilities.traceql }] : []
  })
  return (texts.find(({ isTraceql }) => isTraceql) ?? texts.at(0))?.text ?? ''
}
