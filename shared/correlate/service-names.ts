/** Which names of a service, in two signals, mean the same one: each tool that collects them writes them its own way. */

/** A job is often `namespace/name`. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)
const plain = (name: string): string =>
  lastPart(name)
    .toLowerCase()
    .replaceAll(/[_.\s]+/g, '-')
/** What people leave out when they name an app or a container. */
const bare = (name: string): string => plain(name).replace(/-(service|svc|server|api|app)$/, '')

/** How like two names are: 4 the same, 3 but for what stands before a slash, 2 but for case and separators, 1 but for a `-service`, 0 not. */
function likeness(one: string, other: string): number {
  if (one === other) return 4
  if (lastPart(one) === lastPart(other)) return 3
  if (plain(one) === plain(other)) return 2
  return bare(one) === bare(other) ? 1 : 0
}

/** The values that name a service, as like it as any of them: with `payment-service` there, `payment` is another. */
export function namesOf(service: string, values: readonly string[]): readonly string[] {
  const best = Math.max(0, ...values.map((value) => likeness(value, service)))
  return best === 0 ? [] : values.filter((value) => likeness(value, service) === best)
}
