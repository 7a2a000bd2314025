/** Which of the pools, queues and runtimes that a server has metrics of belong to a service. */
import type { Labels } from '#shared/api/logs'
import { namesAmong } from '#shared/correlate/service-names'
import { itemLabels, type Resource } from '#shared/metrics/saturation'

/** Says of a service which of the groups that the owners' query of a resource answers with are its own: the labels that let only their series through. */
export function ownersAmong(
  { owners }: Resource,
  groups: readonly Labels[],
): (service: string) => readonly Labels[] {
  const byOwner = owners.map((owner) => {
    const byName = Map.groupBy(
      groups.filter((group) => (group[owner] ?? '') !== ''),
      (group) => group[owner],
    )
    return { owner, byName, namesFor: namesAmong([...byName.keys()]) }
  })
  return (service) => {
    for (const { owner, byName, namesFor } of byOwner) {
      const found = namesFor(service)
        .flatMap((name) => byName.get(name) ?? [])
        .map((group) =>
          Object.fromEntries(
            [owner, ...itemLabels].flatMap((label) =>
              (group[label] ?? '') === '' ? [] : [[label, group[label]] as const],
            ),
          ),
        )
      if (found.length > 0)
        return [...new Map(found.map((labels) => [JSON.stringify(labels), labels])).values()]
    }
    return []
  }
}
