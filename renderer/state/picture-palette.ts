/** The colours of the theme for pictures that leave the page. */
import type { PicturePalette } from '#shared/derive/waterfall-svg'
import { rampSteps } from '#shared/metrics/ramp-step'
import { knownSlots, slotCount, slotToken } from './service-colors'

const slots = Array.from({ length: slotCount }, (_, at) => slotToken(at + 1))
const ramp = Array.from({ length: rampSteps }, (_, step) => `--ramp-${step}`)

/** Tokens that a picture is drawn in: when one of them changes it must be drawn again. */
export const pictureColors: readonly string[] = [
  '--surface',
  '--text',
  '--text-3',
  '--line',
  '--error',
  '--metric',
  ...slots,
  ...ramp,
]

/** As they are now: a picture saved from a dark page is dark. */
export function picturePalette(): PicturePalette & {
  readonly lines: readonly string[]
  /** Of heatmaps, few to many. */
  readonly ramp: readonly string[]
} {
  const style = getComputedStyle(document.documentElement)
  const value = (token: string): string => style.getPropertyValue(token).trim()
  const others = slots.map(value)
  return {
    surface: value('--surface'),
    text: value('--text'),
    muted: value('--text-3'),
    line: value('--line'),
    error: value('--error'),
    services: Object.fromEntries(
      [...knownSlots()].map(([service, slot]) => [service, value(slotToken(slot))]),
    ),
    others,
    ramp: ramp.map(value),
    lines: [value('--metric'), ...others],
  }
}
