/** A search in a few words: for the recent list, and for saying what was not found. */
import { formatDuration } from '#shared/derive/durations'
import { type TraceConditions, noConditions } from '#shared/api/contract'
import { leastBound, mostBound } from '#shared/api/duration-bound'

/** A duration without zeros that say nothing: `4 s`, `1.5 ms`. */
export const shortDuration = (ns: number): string =>
  formatDuration(ns)
    .replace(/(\.\d*?)0+(?= )/, '$1')
    .replace(/\.(?= )/, '')

const over = (ns: number): string => `over ${shortDuration(leastBound(ns).ns)}`
const under = (ns: number): string => `under ${shortDuration(mostBound(ns).ns)}`

/** `errors in payment-service`, `POST /orders over 2 s`; the whole TraceQL where that is the query. */
export function nameOfSearch(conditions: TraceConditions, own: string | undefined): string {
  if (own !== undefined) return own.replace(/\s+/g, ' ')
  const { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly } = conditions
  const what = errorsOnly ? 'errors' : operation === '' ? '' : operation
  const where = service === '' ? '' : what === '' ? service : `in ${service}`
  const words = [
    what,
    errorsOnly && operation !== '' && operation,
    where,
    ...tags.map((tag) => `${tag.key}=${tag.value}`),
    minDurationNs !== undefined && over(minDurationNs),
    maxDurationNs !== undefined && under(maxDurationNs),
  ].filter(Boolean)
  return words.length === 0 ? 'all traces' : words.join(' ')
}

/** Why nothing was found, in all likelihood: the narrowest condition, and the search without it. */
export interface Narrowest {
  /** `No trace of order-service in the last hour took over 5 s.` */
  readonly sentence: string
  /** `Search without “over 5 s”`; undefined where no condition is left to take away. */
  readonly without: { readonly label: string; readonly conditions: TraceConditions } | undefined
}

/** Names the condition that most likely left nothing. `when` is a phrase: `in the last 1 h`. */
export function narrowest(conditions: TraceConditions, when: string): Narrowest {
  const { service, operation, tags, minDurationNs, maxDurationNs, errorsOnly } = conditions
  const of = service === '' ? '' : ` of ${service}`
  const subject = `No trace${of} ${when}`
  const lastTag = tags.at(-1)
  const drop = (label: string, change: Partial<TraceConditions>) => ({
    label: `Search without “${label}”`,
    conditions: { ...conditions, ...change },
  })
  if (minDurationNs !== undefined)
    return {
      sentence: `${subject} took ${over(minDurationNs)}.`,
      without: drop(over(minDurationNs), { minDurationNs: undefined }),
    }
  if (lastTag)
    return {
      sentence: `${subject} has ${lastTag.key} = ${lastTag.value || '""'}.`,
      without: drop(lastTag.key, { tags: tags.slice(0, -1) }),
    }
  if (errorsOnly)
    return { sentence: `${subject} failed.`, without: drop('errors only', { errorsOnly: false }) }
  if (maxDurationNs !== undefined)
    return {
      sentence: `${subject} took ${under(maxDurationNs)}.`,
      without: drop(under(maxDurationNs), { maxDurationNs: undefined }),
    }
  if (operation !== '')
    return {
      sentence: `${subject} has a span named ${operation}.`,
      without: drop(operation, { operation: '' }),
    }
  if (service !== '') return { sentence: `${subject}.`, without: drop(service, noConditions) }
  return { sentence: `${subject}.`, without: undefined }
}

/** A round duration that the given one is not under: 4.87 s gives 4 s, 950 ms gives 900 ms. */
export function roundBelow(ns: number): number {
  if (ns < 1) return 0
  const size = 10 ** Math.floor(Math.log10(ns))
  return Math.floor(ns / size) * size
}
