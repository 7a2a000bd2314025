/** Which names of a service, in two signals, mean the same one: each tool that collects them writes them its own way. */

/** A job is often `namespace/name`. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
const plain = (name: string): string =>
  lastPart(name)
    .toLowerCase()
    .replaceAll(/[_.\s]+/g, '-')
/** What people leave out when they name an app or a container. */
const suffixes = 'service|svc|server|api|app'
const bare = (name: string): string => plain(name).replace(new RegExp(`(?<=.)-(${suffixes})$`), '')

/** How names may differ and still mean the same service, the most alike first: not at all, in what stands before a slash, in case and separators, in a `-service`. */
const spellings = [(name: string) => name, lastPart, plain, bare] as const

/** Says of a service which of some values name it, as like it as any of them: with `payment-service` there, `payment` is another. Cheap to ask of many services. */
export function namesAmong(values: readonly string[]): (service: string) => readonly string[] {
  const indexes = spellings.map((spell) => ({ spell, bySpelling: Map.groupBy(values, spell) }))
  return (service) => {
    for (const { spell, bySpelling } of indexes) {
      const found = bySpelling.get(spell(service))
      if (found) return found
    }
    return []
  }
}

/** The values that name one service. */
export const namesOf = (service: string, values: readonly string[]): readonly string[] =>
  namesAmong(values)(service)

/** The values that are other spellings of a service's name. */
export const likeNames = (service: string, values: readonly string[]): readonly string[] =>
  values.filter((value) => value !== service && bare(value) === bare(service))

/** An expression that every spelling of a service's name matches as a whole: whatever its case and separators, with or without a namespace and a `-service`. */
export function anySpellingOf(service: string): string {
  const parts = bare(service)
    .split('-')
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return `(?i)(.*/)?${parts.join('[-_. ]*')}([-_. ](${suffixes}))?`
}
