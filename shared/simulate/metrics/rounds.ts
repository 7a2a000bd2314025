/** What instances export, step after step: the numbers behind what is written of a run's metrics, in whatever format. */
import type { Instance } from '../parts/service.ts'
import type { Run } from '../run.ts'
import { Histogram } from './histogram.ts'
import { observe, type Observation, type ObservedSeries } from './observations.ts'
import type { SampledSeries } from './sampler.ts'

/** A distribution as it stands at the moment, and examples of what came to it since the last one. */
export interface FilledHistogram {
  readonly series: ObservedSeries
  /** It goes on filling: to be read before the next round is asked for. */
  readonly histogram: Histogram
  readonly exemplars: readonly Observation[]
}

/** A number that was read, as it stands at the moment. */
export interface ReadSample {
  readonly series: SampledSeries
  readonly value: number
}

/** What one instance exports at one moment. */
export interface Export {
  readonly instance: Instance
  readonly atNs: number
  /** A series begins with its first observation. */
  readonly histograms: readonly FilledHistogram[]
  readonly samples: readonly ReadSample[]
}

/** The exports of all instances that are there. */
export interface Round {
  readonly atNs: number
  readonly exports: readonly Export[]
}

interface Filling {
  readonly series: ObservedSeries
  readonly histogram: Histogram
  next: number
}

/** The metrics of a run; counts are cumulative, each from the start of its instance. */
export function* metricRounds(run: Run): Generator<Round> {
  const filling = Map.groupBy(
    observe(run).map((series): Filling => ({ series, histogram: new Histogram(series.instrument), next: 0 })),
    ({ series }) => series.instance,
  )
  const sampled = Map.groupBy(run.sampled, ({ instance }) => instance)
  for (let step = 0; (step + 1) * run.intervalNs <= run.lengthNs; step++) {
    const atNs = (step + 1) * run.intervalNs
    const exports: Export[] = []
    for (const instance of run.instances) {
      // An instance that ends exports once more as it goes.
      const isThere = instance.startedNs < atNs && instance.endedNs > atNs - run.intervalNs
      if (!isThere) continue
      const exportedNs = Math.min(atNs, instance.endedNs)
      exports.push({
        instance,
        atNs: exportedNs,
        histograms: (filling.get(instance) ?? []).flatMap((one) => fill(one, exportedNs)),
        samples: (sampled.get(instance) ?? []).flatMap((series) => read(series, step)),
      })
    }
    yield { atNs, exports }
  }
}

/** Takes in what was observed since the last time. */
function fill(filling: Filling, untilNs: number): FilledHistogram[] {
  const { series, histogram } = filling
  const { observations } = series
  while (filling.next < observations.length && observations[filling.next].atNs <= untilNs)
    histogram.add(observations[filling.next++])
  return histogram.count === 0 ? [] : [{ series, histogram, exemplars: histogram.takeExemplars() }]
}

function read(series: SampledSeries, step: number): ReadSample[] {
  const value = series.values[step - series.firstStep]
  return value === undefined ? [] : [{ series, value }]
}
