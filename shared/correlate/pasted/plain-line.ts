/** A log line as people copy it: `2026-11-29T20:09:24.244Z ERROR payment-service connection pool exhausted, waited 4500ms`. */
import { namesOf } from '#shared/correlate/service-names'
import { momentOf } from '#shared/logs/line-time'

export interface PlainLine {
  /** Milliseconds since 1970. */
  readonly atMs: number
  /** As the line has it; undefined where it names none of those that are known. */
  readonly service: string | undefined
  /** The longest part that other lines of its kind have too: without numbers and ids. */
  readonly words: string
}

const time = /^[[(]?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?\s?(?:Z|[+-]\d\d:?\d\d)?)[\])]?[\s|,:]+/
const level =
  /^[[(|]?(?:trace|debug|info|notice|warn|warning|error|err|fatal|critical|panic)[\])|:]*(?:\s+|$)/i
const name = /^[[(]?([\w./-]+)[\])|:]*(?:\s+|$)/
/** A value, or a sign that a line may be stored without, or with a stroke before it. */
const unlike = /\S*\d\S*|["\\{}[\]]/
const fewestSigns = 4

/** Undefined for what does not begin with a time, and for a line of values alone. `services`: by their names in lines. */
export function readPlainLine(text: string, services: readonly string[]): PlainLine | undefined {
  const [stamp, written] = time.exec(text.trim()) ?? []
  const moment = momentOf(written?.trim())
  if (stamp === undefined || !moment) return undefined
  let rest = text.trim().slice(stamp.length).replace(level, '')
  const [named, service] = name.exec(rest) ?? []
  const isService = service !== undefined && namesOf(service, services).length > 0
  if (isService) rest = rest.slice(named?.length)
  const words = rest
    .replace(level, '')
    .split(unlike)
    .map((part) => part.replace(/^[\s,;:|=-]+|[\s,;:|=-]+$/g, ''))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '')
  if (words.length < fewestSigns) return undefined
  return { atMs: moment.ms, service: isService ? service : undefined, words }
}
