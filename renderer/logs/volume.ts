/** Lines over time as bars: how wide they are, and what stands on what. */
import type { LogVolume } from '#shared/api/logs'

/** Levels as bars tell them apart, from the bottom up. */
export const bands = ['other', 'info', 'warn', 'error'] as const
export type Band = (typeof bands)[number]

const bandWords: Readonly<Record<string, Band>> = {
  info: 'info',
  information: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  fatal: 'error',
  critical: 'error',
  crit: 'error',
  panic: 'error',
  alert: 'error',
  emerg: 'error',
}

/** Which band a server's name for a level belongs to. */
export const bandOf = (level: string): Band => bandWords[level.toLowerCase()] ?? 'other'

const seconds = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
]

/** The length of a bar, in whole units of a clock, so that about `most` of them cover the window. */
export function stepOf(window: { readonly startMs: number; readonly endMs: number }, most: number): number {
  const least = (window.endMs - window.startMs) / 1000 / most
  const step = seconds.find((one) => one >= least)
  return (step ?? Math.ceil(least / 86_400) * 86_400) * 1000
}

/** Lines of each band in each bar. */
export interface Bars {
  readonly length: number
  readonly counts: Readonly<Record<Band, readonly number[]>>
  readonly totals: readonly number[]
  readonly largest: number
}

export function barsOf({ levels }: LogVolume): Bars {
  const length = Math.max(0, ...levels.map(({ counts }) => counts.length))
  const counts: Record<Band, number[]> = { other: [], info: [], warn: [], error: [] }
  for (const band of bands) counts[band] = Array.from<number>({ length }).fill(0)
  for (const level of levels)
    for (const [at, count] of level.counts.entries()) counts[bandOf(level.level)][at] += count
  const totals = Array.from({ length }, (_, at) => bands.reduce((sum, band) => sum + counts[band][at], 0))
  return { length, counts, totals, largest: Math.max(0, ...totals) }
}

/** How many lines there are, and how many of them are errors and warnings. */
export function sumsOf(volume: LogVolume | undefined): {
  readonly all: number
  readonly error: number
  readonly warn: number
} {
  const sums = { all: 0, error: 0, warn: 0 }
  for (const { level, counts } of volume?.levels ?? []) {
    const sum = counts.reduce((total, count) => total + count, 0)
    const band = bandOf(level)
    sums.all += sum
    if (band === 'error' || band === 'warn') sums[band] += sum
  }
  return sums
}
