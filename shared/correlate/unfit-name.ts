/** A name that a person said of a service, and that the lines which were found do not have. */
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSubject } from '#shared/correlate/log-ladder'
import { namesOf } from '#shared/correlate/service-names'

export interface UnfitName {
  readonly service: string
  readonly said: string
  /** What the lines were found under. */
  readonly value: string
}

/** Undefined where it fits, none was said, or the line may be of another service. `names`: what was said of the source of the lines. */
export function unfitName(
  { services, spanId }: Pick<LogSubject, 'services' | 'spanId'>,
  { rung, state }: Climbed,
  names: Readonly<Record<string, string>> = {},
): UnfitName | undefined {
  const [service] = services
  if (services.length !== 1 || rung.among !== 'all' || state.kind !== 'answered' || !state.stream)
    return undefined
  const { value, spanId: named } = state.stream
  const said = Object.hasOwn(names, service) ? names[service] : undefined
  const isIts = namesOf(service, [value]).length > 0 || (spanId !== undefined && named === spanId)
  return said === undefined || said === value || !isIts ? undefined : { service, said, value }
}

/** As it is said. */
export const unfitWords = ({ service, said, value }: UnfitName, source: string): string =>
  `The name said of ${service} in ${source}, ${said}, did not fit: its lines stand under ${value}.`
