/** Times as documents write them, to exact whole seconds and nanoseconds: a double of ns since 1970 is wrong by up to 128 ns. */
import { decodeUtf8 } from '#shared/base/byte-text'

const RFC_3339 = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9})\d*)?(?:[Zz]|([+-])(\d\d):?(\d\d))$/
const DECIMAL = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** Of the years that a Date can hold. */
const LAST_SECOND = 8_640_000_000_000

/** Reads points in time; the last one stands in `seconds` and `nanos`. */
export class TimeReader {
  /** NaN when what was read is no time. */
  seconds = Number.NaN
  /** 0 to 999,999,999. */
  nanos = 0
  /** It is a number, but of a time further away than any calendar goes. */
  isBeyond = false

  /** Reads a decimal number of units since 1970, a unit being 10^-`digits` seconds (9 for ns, 6 for µs), or a time of RFC 3339. */
  read(bytes: Uint8Array, start: number, end: number, digits: number): void {
    this.isBeyond = false
    const split = end - digits
    let seconds = 0
    let rest = 0
    let at = start
    for (; at < split; at++) {
      const digit = bytes[at] - 0x30
      if (digit < 0 || digit > 9) break
      seconds = seconds * 10 + digit
    }
    if (at >= split && end - start < 25) {
      for (; at < end; at++) {
        const digit = bytes[at] - 0x30
        if (digit < 0 || digit > 9) break
        rest = rest * 10 + digit
      }
      if (at === end && end > start && seconds <= LAST_SECOND) {
        this.seconds = seconds
        this.nanos = digits === 9 ? rest : digits === 6 ? rest * 1_000 : rest * 10 ** (9 - digits)
        return
      }
    }
    this.#readText(decodeUtf8(bytes, start, end).trim(), digits)
  }

  /** Reads a 64-bit number of nanoseconds, given as its halves. */
  readHalves(high: number, low: number): void {
    this.isBeyond = false
    // 2^48 = 281,474 * 10^9 + 976,710,656 and 2^32 = 4 * 10^9 + 294,967,296: so every sum stays below 2^53.
    const upper = high >>> 16
    const middle = high & 0xffff
    const rest = upper * 976_710_656 + middle * 294_967_296 + low
    const carry = Math.floor(rest / 1e9)
    this.seconds = upper * 281_474 + middle * 4 + carry
    this.nanos = rest - carry * 1e9
  }

  /** Nanoseconds from another time to this one: exact below 104 days. */
  since(seconds: number, nanos: number): number {
    return (this.seconds - seconds) * 1e9 + (this.nanos - nanos)
  }

  #readDate(text: string): void {
    const match = RFC_3339.exec(text)
    if (match === null) return
    const [, date, time, fraction = '', sign, hours = '0', minutes = '0'] = match
    const milliseconds = Date.parse(`${date}T${time}Z`)
    if (Number.isNaN(milliseconds)) return
    const east = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1)
    this.seconds = milliseconds / 1_000 - east
    this.nanos = Number(fraction.padEnd(9, '0'))
  }

  /** Fractions, exponents, signs: exact, but slow. */
  #readText(text: string, digits: number): void {
    this.seconds = Number.NaN
    this.nanos = 0
    const match = DECIMAL.exec(text)
    if (match === null) {
      this.#readDate(text)
      return
    }
    const [, sign, whole, fraction = '', exponent = '0'] = match
    const scale = 9 - digits + Number(exponent) - fraction.length
    this.isBeyond = true
    // More than 40 digits is no time, and would be a large number to make.
    if (whole.length + fraction.length > 40 || scale > 40) return
    const mantissa = BigInt(`${whole}${fraction}`)
    const size = scale >= 0 ? mantissa * 10n ** BigInt(scale) : mantissa / 10n ** BigInt(-scale)
    const ns = sign === '-' ? -size : size
    const seconds = (ns - (((ns % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n
    if (seconds > LAST_SECOND || seconds < -LAST_SECOND) return
    this.isBeyond = false
    this.seconds = Number(seconds)
    this.nanos = Number(ns - seconds * 1_000_000_000n)
  }
}

/** Whole nanoseconds of a decimal number of microseconds; NaN when it is no number. */
export function readMicroseconds(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - 0x30
    if (digit < 0 || digit > 9 || at - start > 14) {
      const text = decodeUtf8(bytes, start, end).trim()
      const ns = DECIMAL.test(text) ? Math.round(Number(text) * 1_000) : Number.NaN
      return Number.isFinite(ns) && Math.abs(ns) < 1e24 ? ns : Number.NaN
    }
    value = value * 10 + digit
  }
  return end > start ? value * 1_000 : Number.NaN
}
