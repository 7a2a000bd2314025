/** Colours of services in lists of traces. */
import type { TraceSummary } from '#shared/trace/table'
import { slotColor, slotsByUse } from './service-colors'

/** The colour slot of a service seen anywhere. */
export const slotOfService = (service: string): number => slotsByUse([service], [0], false)[0]

/** The CSS colour of a service seen anywhere. */
export const colorOfService = (service: string): string => slotColor(slotOfService(service))

/** The CSS colours of the services of a list, given out in order of how much each is used in it. */
export function colorsOfTraces(summaries: readonly TraceSummary[]): (service: string) => string {
  const spans = new Map<string, number>()
  for (const { services, rootService } of summaries) {
    for (const { name, spanCount } of services) spans.set(name, (spans.get(name) ?? 0) + spanCount)
    spans.set(rootService, (spans.get(rootService) ?? 0) + 1)
  }
  const names = [...spans.keys()]
  const slots = slotsByUse(names, [...spans.values()], false)
  const colors = new Map(names.map((name, index) => [name, slotColor(slots[index])]))
  return (service) => colors.get(service) ?? colorOfService(service)
}
