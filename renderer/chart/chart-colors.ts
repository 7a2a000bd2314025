/** Colours of charts as the theme has them. */

/** Read by every chart; series beyond twelve begin again, dashed. */
export const chartColors = [
  '--surface',
  '--text',
  '--text-2',
  '--text-3',
  '--grid',
  '--line-strong',
  '--accent',
  '--metric',
  '--trace',
  '--warn-fill',
  '--svc-1',
  '--svc-2',
  '--svc-3',
  '--svc-4',
  '--svc-5',
  '--svc-6',
  '--svc-7',
  '--svc-8',
  '--svc-9',
  '--svc-10',
  '--svc-11',
  '--svc-12',
  '--ramp-0',
  '--ramp-1',
  '--ramp-2',
  '--ramp-3',
  '--ramp-4',
  '--ramp-5',
  '--ramp-6',
  '--ramp-7',
  '--ramp-8',
] as const

export type ChartColors = Readonly<Record<(typeof chartColors)[number], string>>

const shown = 12

/** How one of several series is drawn: a colour, and dashes once the colours are used up. */
export interface LineLook {
  readonly token: (typeof chartColors)[number]
  readonly dash: readonly number[]
}

/** One series alone has the colour of metrics. */
export function lookOf(index: number, count: number): LineLook {
  if (count === 1) return { token: '--metric', dash: [] }
  const token: (typeof chartColors)[number] = `--svc-${(index % shown) + 1}` as '--svc-1'
  return { token, dash: [[], [6, 3], [2, 3]][Math.floor(index / shown) % 3] }
}
