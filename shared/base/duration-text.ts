/** A duration in nanoseconds as people read it: three digits and a unit, such as `4.87 s`, `218 ms`, `700 µs`. */
export function durationText(ns: number): string {
  const size = Math.abs(ns)
  if (size < 1_000) return `${Math.round(ns)} ns`
  if (size < 999_500) return `${threeDigits(ns / 1_000)} µs`
  if (size < 999_500_000) return `${threeDigits(ns / 1_000_000)} ms`
  const seconds = ns / 1e9
  if (Math.abs(seconds) < 59.95) return `${threeDigits(seconds)} s`
  const minutes = seconds / 60
  if (Math.abs(minutes) < 59.95) return `${threeDigits(minutes)} min`
  const hours = minutes / 60
  if (Math.abs(hours) < 23.995) return `${threeDigits(hours)} h`
  return `${threeDigits(hours / 24)} d`
}

function threeDigits(value: number): string {
  const size = Math.abs(value)
  if (size >= 99.95) return String(Math.round(value))
  return String(Number(value.toFixed(size >= 9.995 ? 1 : 2)))
}
