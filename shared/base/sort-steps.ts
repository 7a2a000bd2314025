/** Sorting that can be left: a million comparisons of texts take seconds. */

/** Sorted in one go, some 5 ms where texts are compared; and merged between two looks at whether it is still wanted. */
const blockLength = 4_096

/**
 * The same numbers in order; `compare` must not call two of them equal. Yields now and then, so that it can be stopped between. Cost: that
 * of sorting, and as much memory again.
 */
export function* sortInSteps(
  values: Int32Array,
  compare: (a: number, b: number) => number,
): Generator<undefined, Int32Array> {
  const { length } = values
  let from = values.slice()
  let to = new Int32Array(length)
  for (let start = 0; start < length; start += blockLength) {
    from.subarray(start, start + blockLength).sort(compare)
    yield undefined
  }
  for (let width = blockLength; width < length; width *= 2) {
    for (let start = 0; start < length; start += width * 2) {
      const middle = Math.min(start + width, length)
      const end = Math.min(start + width * 2, length)
      let left = start
      let right = middle
      for (let at = start; at < end; at++) {
        const isLeft = left < middle && (right >= end || compare(from[left], from[right]) < 0)
        to[at] = from[isLeft ? left++ : right++]
        if (at % blockLength === 0) yield undefined
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}
