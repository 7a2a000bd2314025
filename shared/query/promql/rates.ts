/** How fast a series changes: over a range, extended to its edges, or between its last two samples. */
import type { Histogram } from './histogram.ts'
import {
  addHistograms,
  divideHistogram,
  scaleHistogram,
  subtractHistograms,
  wasReset,
  withoutEmpty,
} from './histogram-math.ts'
import { type Window, mixedWords } from './window.ts'

/** An edge further away than this many average distances of samples is taken for the end of the series. */
const furthestEdge = 1.1

/**
 * `rate`, `increase` and `delta`: the difference of last and first sample, with what a counter lost by starting anew, extended to the edges
 * of the range: up to it where samples come near, by half a distance otherwise, and never below zero for a counter.
 */
export function extrapolated(
  window: Window,
  { counter, perSecond }: { readonly counter: boolean; readonly perSecond: boolean },
): number | Histogram | undefined {
  const { from, to, fromHistogram, toHistogram } = window
  const ofHistograms = fromHistogram < toHistogram
  if (ofHistograms && from < to) {
    window.warn(mixedWords(window.metricName))
    return undefined
  }
  const times = ofHistograms ? window.histogramTimes : window.times
  const first = ofHistograms ? fromHistogram : from
  const last = (ofHistograms ? toHistogram : to) - 1
  if (last <= first) return undefined
  const difference = ofHistograms ? histogramDifference(window, counter) : floatDifference(window, counter)

  const sampledSeconds = (times[last] - times[first]) / 1000
  const distance = sampledSeconds / (last - first)
  let toStart = (times[first] - window.startMs) / 1000
  let toEnd = (window.endMs - times[last]) / 1000
  if (toStart >= distance * furthestEdge) toStart = distance / 2
  if (toEnd >= distance * furthestEdge) toEnd = distance / 2
  if (counter) toStart = Math.min(toStart, secondsToZero(window, difference, sampledSeconds))
  let factor = sampledSeconds === 0 ? 1 : (sampledSeconds + toStart + toEnd) / sampledSeconds
  if (perSecond) factor /= window.rangeMs / 1000
  return typeof difference === 'number' ? difference * factor : scaleHistogram(difference, factor)
}

/** How long before its first sample a counter that grew evenly was zero; endless where that says nothing. */
function secondsToZero(window: Window, difference: number | Histogram, sampledSeconds: number): number {
  const [first, grown] =
    typeof difference === 'number'
      ? [window.values[window.from], difference]
      : [window.histograms[window.fromHistogram].count, difference.count]
  return grown > 0 && first >= 0 ? sampledSeconds * (first / grown) : Infinity
}

function floatDifference({ values, from, to }: Window, counter: boolean): number {
  let difference = values[to - 1] - values[from]
  if (counter)
    for (let at = from + 1; at < to; at++) if (values[at] < values[at - 1]) difference += values[at - 1]
  return difference
}

function histogramDifference(window: Window, counter: boolean): Histogram {
  const histograms = window.histograms.slice(window.fromHistogram, window.toHistogram)
  const last = histograms[histograms.length - 1]
  if (!counter) {
    if (!histograms[0].isGauge || !last.isGauge) warnKind(window, 'gauge')
    return withoutEmpty(subtractHistograms(last, histograms[0]))
  }
  if (histograms.some(({ isGauge }) => isGauge)) warnKind(window, 'counter')
  // A counter that started anew at once may have done so in another schema: then nothing of the first sample counts.
  const startedAnew = wasReset(histograms[1], histograms[0])
  let difference = startedAnew ? { ...last, isGauge: true } : subtractHistograms(last, histograms[0])
  for (let at = startedAnew ? 2 : 1; at < histograms.length; at++)
    if (wasReset(histograms[at], histograms[at - 1]))
      difference = addHistograms(difference, histograms[at - 1])
  return withoutEmpty(difference)
}

function warnKind({ warn, metricName }: Window, wanted: 'gauge' | 'counter'): void {
  warn(`this native histogram metric is not a ${wanted}: ${JSON.stringify(metricName)}`)
}

/** `irate` and `idelta`: the last two samples, per second or as they are. */
export function instant(window: Window, isRate: boolean): number | Histogram | undefined {
  const [before, after] = lastTwo(window)
  if (before === undefined || after === undefined || after.timeMs === before.timeMs) return undefined
  const seconds = (after.timeMs - before.timeMs) / 1000
  if (typeof before.value === 'number' && typeof after.value === 'number') {
    const started = isRate && after.value < before.value
    const difference = started ? after.value : after.value - before.value
    return isRate ? difference / seconds : difference
  }
  if (typeof before.value === 'number' || typeof after.value === 'number') {
    window.warn(mixedWords(window.metricName))
    return undefined
  }
  const gauges = [before.value, after.value].filter(({ isGauge }) => isGauge).length
  if (isRate && gauges > 0) warnKind(window, 'counter')
  if (!isRate && gauges < 2) warnKind(window, 'gauge')
  const started = isRate && wasReset(after.value, before.value)
  const difference = started
    ? { ...after.value, isGauge: true }
    : subtractHistograms(after.value, before.value)
  return withoutEmpty(isRate ? divideHistogram(difference, seconds) : difference)
}

interface Sample {
  readonly timeMs: number
  readonly value: number | Histogram
}

function lastTwo({ times, values, from, to, histogramTimes, histograms, ...window }: Window): Sample[] {
  const samples: Sample[] = []
  for (let at = Math.max(from, to - 2); at < to; at++) samples.push({ timeMs: times[at], value: values[at] })
  for (let at = Math.max(window.fromHistogram, window.toHistogram - 2); at < window.toHistogram; at++)
    samples.push({ timeMs: histogramTimes[at], value: histograms[at] })
  return samples.sort((one, other) => one.timeMs - other.timeMs).slice(-2)
}
