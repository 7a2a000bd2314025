/** What series are called beside each other: by the labels in which they differ. */
import type { MetricLabels } from '#shared/api/metrics'
import { cutText } from '#shared/base/cut-text'

/** A label may be a megabyte long; a name is read. */
const longestValue = 120

const label = (name: string, value: string): string => `${name}=${cutText(value, longestValue)}`

/** All labels of a series, as PromQL writes them, the metric's name in front; `value` where there is none. */
export function fullName(labels: MetricLabels): string {
  const { __name__: metric = '', ...others } = labels
  const inside = Object.entries(others)
    .map(([name, value]) => `${name}=${JSON.stringify(cutText(value, longestValue))}`)
    .join(', ')
  if (inside === '') return metric === '' ? 'value' : metric
  return `${metric}{${inside}}`
}

/** A label may be called `constructor`, which every object seems to have. */
const has = (labels: MetricLabels, name: string): boolean => Object.hasOwn(labels, name)

/** One name for each series. Alone, it is called by all its labels; one of several, by those that are not the same in all. */
export function seriesNames(all: readonly MetricLabels[]): readonly string[] {
  if (all.length === 1) return [fullName(all[0])]
  const names = [...new Set(all.flatMap((labels) => Object.keys(labels)))]
  const telling = names.filter((name) =>
    all.some((labels) => has(labels, name) !== has(all[0], name) || labels[name] !== all[0][name]),
  )
  return all.map((labels) => {
    const parts = telling
      .filter((name) => has(labels, name))
      // A single label that tells them apart needs no name beside its value.
      .map((name) =>
        telling.length === 1 || name === '__name__'
          ? cutText(labels[name], longestValue)
          : label(name, labels[name]),
      )
    return parts.length === 0 ? fullName(labels) : parts.join(', ')
  })
}
