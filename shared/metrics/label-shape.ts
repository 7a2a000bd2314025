/** What the values of a label look like, and whether there may be ever more of them. */

export type LabelShape =
  | 'UUIDs'
  | 'hex ids'
  | 'numbers'
  | 'addresses'
  | 'paths with ids'
  | 'times'
  | 'words with ids'

/** The first that fits a value is meant. */
const shapes: readonly (readonly [LabelShape, RegExp])[] = [
  ['UUIDs', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['times', /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:|1\d{9}(\d{3})?(\.\d+)?$)/],
  ['addresses', /^(\d{1,3}\.){3}\d{1,3}(:\d+)?$|^\S+@\S+\.\S+$/],
  ['numbers', /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i],
  ['hex ids', /^(?=.*\d)(0x)?[0-9a-f]{8,}$/i],
  ['paths with ids', /^[^\s?]*\/([^/]*\d{3,}|[0-9a-f-]{12,})[^\s]*$|\?.*=/i],
  ['words with ids', /[-_.:](?=[a-z0-9]*\d)[a-z0-9]{8,}$|\d{5,}/i],
]

/** Fewer values than this are no trouble, whatever they look like. */
const fewest = 20
/** Ports, buckets and codes are numbers too, and stay few. */
const fewestNumbers = 50

/** How values look that may grow without end; undefined for those that look like a set someone chose. */
export function unboundedShape(values: readonly string[]): LabelShape | undefined {
  if (values.length < fewest) return undefined
  const found = new Map<LabelShape, number>()
  for (const value of values) {
    const shape = shapes.find(([, pattern]) => pattern.test(value))?.[0]
    if (shape !== undefined) found.set(shape, (found.get(shape) ?? 0) + 1)
  }
  const [most] = [...found].toSorted(([, one], [, other]) => other - one)
  if (most === undefined || most[1] < values.length / 2) return undefined
  return most[0] === 'numbers' && values.length < fewestNumbers ? undefined : most[0]
}
