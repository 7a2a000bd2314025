import type { Signal } from '#shared/thread/thread'
import type { IconName } from '../ui/icon'

/** The mark of what a step looks at. */
export const iconOfSignal: Readonly<Record<Signal, IconName>> = {
  metric: 'metrics',
  trace: 'traces',
  log: 'logs',
  map: 'map',
}

/** Its colour, as a class of the frame. */
export const toneOfSignal: Readonly<Record<Signal, string>> = {
  metric: 'sig-metric',
  trace: 'sig-trace',
  log: 'sig-log',
  map: 'sig-map',
}
