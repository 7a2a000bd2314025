/** What is known of a source of traces: whose it holds. */
import type { Correction } from '#shared/api/contract'

export interface TraceFacts {
  /** As traces call them. */
  readonly services: readonly string[]
}

/** Which sources hold traces of a service, as far as is known; all of them where one is not known, or none holds any. */
export function holdersOf<Source>(
  service: string,
  sources: readonly {
    readonly source: Source
    readonly facts: TraceFacts | undefined
    readonly said: Correction
  }[],
): readonly Source[] {
  const all = sources.map(({ source }) => source)
  // Some write all names in lower case.
  const isIn = (services: readonly string[]): boolean =>
    services.some((one) => one.toLowerCase() === service.toLowerCase())
  const holds = sources.map(({ facts, said }) => said.holds?.[service] ?? (facts && isIn(facts.services)))
  const isKnown = !holds.includes(undefined)
  const holding = all.filter((_, at) => (isKnown ? holds[at] : sources[at].said.holds?.[service] !== false))
  return holding.length === 0 ? all : holding
}
