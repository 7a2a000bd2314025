/** The colours of the theme for pictures that leave the page. */
import type { PicturePalette } from '#shared/derive/waterfall-svg'
import { rampSteps } from '#shared/metrics/ramp-step'
import { knownSlots, slotCount, slotToken } from './service-colors'

/** As they are now: a picture saved from a dark page is dark. */
export function picturePalette(): PicturePalette & {
  readonly lines: readonly string[]
  /** Of heatmaps, few to many. */
  readonly ramp: readonly string[]
} {
  const style = getComputedStyle(document.documentElement)
  const value = (token: string): string => style.getPropertyValue(token).trim()
  const slots = Array.from({ length: slotCount }, (_, at) => value(slotToken(at + 1)))
  return {
    surface: value('--surface'),
    text: value('--text'),
    muted: value('--text-3'),
    line: value('--line'),
    error: value('--error'),
    services: Object.fromEntries(
      [...knownSlots()].map(([service, slot]) => [service, value(slotToken(slot))]),
    ),
    others: slots,
    ramp: Array.from({ length: rampSteps }, (_, step) => value(`--ramp-${step}`)),
    lines: [value('--metric'), ...slots],
  }
}
