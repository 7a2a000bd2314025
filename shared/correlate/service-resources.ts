/** Which of the pools, queues and runtimes that a server has metrics of belong to a service. */
import type { Labels } from '#shared/api/logs'
import { namesOf } from '#shared/correlate/service-names'
import { itemLabels, type Resource } from '#shared/metrics/saturation'

/** Of the groups that the owners' query of a resource answers with, those of one service: the labels that let only their series through. */
export function ownedBy(service: string, { owners }: Resource, groups: readonly Labels[]): readonly Labels[] {
  for (const owner of owners) {
    const names = namesOf(
      service,
      groups.map((group) => group[owner] ?? ''),
    )
    const owned = groups.filter((group) => names.includes(group[owner] ?? ''))
    const found = owned.map((group) =>
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
