/** Things in the place of a span that are none. */
import type { JsonScanner } from './json-scanner.ts'
import type { Reading } from './reading.ts'

/** Counts and passes over what is not an object. A bracket before an object is one too many: only the bracket is passed over. */
export function passOverNoSpan(reading: Reading, scanner: JsonScanner): void {
  const { base, pos, bytes } = scanner
  if (bytes[pos] === 0x5b) {
    scanner.pos++
    if (scanner.peek() !== 0x7b) {
      scanner.pos = pos
      scanner.skipValue()
    }
  } else {
    scanner.skipValue()
  }
  reading.countUnreadable(base + pos)
}
