/** The labels of a series. */

/** Names and values, sorted by name; a label without a value is not there. */
export type Labels = readonly (readonly [name: string, value: string])[]

export const metricName = '__name__'

/** What describes the metric rather than the series; gone as soon as a function has made another quantity of it. */
const metadata: ReadonlySet<string> = new Set([metricName, '__type__', '__unit__'])

/** Labels from an object or a list of pairs. */
export function labelsOf(
  entries: Readonly<Record<string, string>> | Iterable<readonly [string, string]>,
): Labels {
  const pairs = Symbol.iterator in entries ? [...entries] : Object.entries(entries)
  return pairs.filter(([, value]) => value !== '').sort(([one], [other]) => compareText(one, other))
}

/** The value of a label; '' when it is not there. */
export function labelValue(labels: Labels, name: string): string {
  for (const [key, value] of labels) if (key === name) return value
  return ''
}

/** Equal for equal labels only. A lone surrogate is in no text, so it can part names from values. */
export function labelKey(labels: Labels): string {
  let key = ''
  for (const [name, value] of labels) key += `${name}\ud800${value}\ud800`
  return key
}

/** The labels with one of them set, or removed by ''. */
export function withLabel(labels: Labels, name: string, value: string): Labels {
  return labelsOf([...labels.filter(([key]) => key !== name), [name, value]])
}

export function onlyLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter(([name]) => names.has(name))
}

export function withoutLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return labels.filter(([name]) => !names.has(name))
}

/** The labels that count where series are put together: those of the names, or all but the metric's and those of the names. */
export function labelsThatCount(labels: Labels, names: readonly string[], without: boolean): Labels {
  return without ? withoutLabels(labels, new Set([metricName, ...names])) : onlyLabels(labels, new Set(names))
}

export function withoutMetadata(labels: Labels): Labels {
  return withoutLabels(labels, metadata)
}

/** The order of a matrix: by the first name or value that differs, fewer labels first. */
export function compareLabels(one: Labels, other: Labels): number {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at++) {
    const order = compareText(one[at][0], other[at][0]) || compareText(one[at][1], other[at][1])
    if (order !== 0) return order
  }
  return one.length - other.length
}

/** As Prometheus writes a series in a message: `{__name__="up", job="a"}`. */
export function labelsText(labels: Labels): string {
  return `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`
}

/** By UTF-16 units. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
