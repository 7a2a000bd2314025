/** Words of TraceQL, for completion and colouring. https://grafana.com/docs/tempo/latest/traceql/ */

export interface Word {
  readonly text: string
  /** What it is, in a few words. */
  readonly about: string
}

/** First parts of an attribute's name. */
export const scopes: readonly Word[] = [
  { text: 'resource.', about: 'attribute of the service or its host' },
  { text: 'span.', about: 'attribute of the span itself' },
  { text: 'event.', about: 'attribute of an event of the span' },
  { text: 'link.', about: 'attribute of a link of the span' },
  { text: 'instrumentation.', about: 'attribute of the instrumentation scope' },
  { text: 'parent.', about: 'attribute of the parent span' },
]

/** Fields every span has. */
export const intrinsics: readonly Word[] = [
  { text: 'name', about: 'name of the span' },
  { text: 'duration', about: 'duration of the span' },
  { text: 'status', about: 'error, ok or unset' },
  { text: 'statusMessage', about: 'message of the status' },
  { text: 'kind', about: 'server, client, producer, consumer or internal' },
  { text: 'rootName', about: 'name of the root span' },
  { text: 'rootServiceName', about: 'service of the root span' },
  { text: 'traceDuration', about: 'duration of the whole trace' },
  { text: 'nestedSetParent', about: 'below 0 for a root span' },
  { text: 'trace:id', about: 'trace id' },
  { text: 'span:id', about: 'span id' },
  { text: 'event:name', about: 'name of an event' },
  { text: 'event:timeSinceStart', about: 'when the event was, from the start of the span' },
  { text: 'link:traceID', about: 'trace a link leads to' },
  { text: 'instrumentation:name', about: 'name of the instrumentation scope' },
]

/** Between a field and a value. */
export const comparisons: readonly Word[] = [
  { text: '=', about: 'is' },
  { text: '!=', about: 'is not' },
  { text: '=~', about: 'matches the regular expression' },
  { text: '!~', about: 'does not match the regular expression' },
  { text: '>', about: 'more than' },
  { text: '>=', about: 'at least' },
  { text: '<', about: 'less than' },
  { text: '<=', about: 'at most' },
]

/** After a comparison, inside the braces. */
export const connectives: readonly Word[] = [
  { text: '&&', about: 'and, of the same span' },
  { text: '||', about: 'or, of the same span' },
]

/** After a span set. */
export const spanSetOperators: readonly Word[] = [
  { text: '&&', about: 'and, in the same trace' },
  { text: '||', about: 'or, in the same trace' },
  { text: '>>', about: 'with a descendant' },
  { text: '>', about: 'with a child' },
  { text: '~', about: 'with a sibling' },
  { text: '|', about: 'then: count, average, group, select' },
  { text: 'with (most_recent=true)', about: 'the newest rather than the first found' },
]

/** After a pipe. Those of metrics answer with numbers, not traces, and are not offered. */
export const pipelineFunctions: readonly Word[] = [
  { text: 'count() > ', about: 'how many spans match' },
  { text: 'avg(duration) > ', about: 'average over the spans that match' },
  { text: 'max(duration) > ', about: 'largest of the spans that match' },
  { text: 'min(duration) > ', about: 'smallest of the spans that match' },
  { text: 'sum(duration) > ', about: 'sum over the spans that match' },
  { text: 'by(resource.service.name)', about: 'one span set for each value' },
  { text: 'select(span.http.route)', about: 'attributes to send along' },
]

const statusValues: readonly Word[] = [
  { text: 'error', about: 'failed' },
  { text: 'ok', about: 'said to be fine' },
  { text: 'unset', about: 'not said' },
]
const kindValues: readonly Word[] = [
  { text: 'server', about: '' },
  { text: 'client', about: '' },
  { text: 'producer', about: '' },
  { text: 'consumer', about: '' },
  { text: 'internal', about: '' },
]
const durationValues: readonly Word[] = ['10ms', '100ms', '500ms', '1s', '5s'].map((text) => ({
  text,
  about: 'duration',
}))

/** Values that need not be asked for. */
export function fixedValues(field: string): readonly Word[] | undefined {
  if (/^(span:)?status$/.test(field)) return statusValues
  if (/^(span:)?kind$/.test(field)) return kindValues
  if (/^((span|trace):)?duration$|^traceDuration$|^event:timeSinceStart$/.test(field)) return durationValues
  return undefined
}
