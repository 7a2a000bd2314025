/** Whether an answer that ended within its first bytes holds a trace at all. */
import type { StreamedAnswer } from './http.ts'

/** True for an answer that is there but has no span in it: Tempo's v2 answers so, with 200, for a trace it does not have. */
export function holdsNoSpans({ first, ended, contentType }: StreamedAnswer): boolean {
  if (!ended) return false
  if (first.byteLength === 0) return true
  return /protobuf|octet-stream/i.test(contentType) ? isEmptyMessage(first) : isEmptyDocument(first)
}

function isEmptyDocument(bytes: Uint8Array): boolean {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // Broken, or several documents: the page's reader says what it finds.
    return false
  }
  return !holdsSpans(value)
}

/** Looks into the wrappers of all products: `trace`, `result`, `data`, lists. */
function holdsSpans(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value !== 'object' || value === null) return false
  const fields = value as Record<string, unknown>
  return ['trace', 'result', 'data', 'resourceSpans', 'batches', 'spans'].some((key) =>
    holdsSpans(fields[key]),
  )
}

/** `TraceByIDResponse` without its field 1 (trace), or with an empty one. Format: https://protobuf.dev/programming-guides/encoding/ */
function isEmptyMessage(bytes: Uint8Array): boolean {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes[at++]
      value += (byte & 0x7f) * shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at < bytes.length) {
    const tag = varint()
    const field = Math.floor(tag / 8)
    switch (tag % 8) {
      case 0:
        varint()
        break
      case 1:
        at += 8
        break
      case 5:
        at += 4
        break
      case 2: {
        const length = varint()
        if (field === 1 && length > 0) return false
        at += length
        break
      }
      default:
        // No message of ours: whatever it is, it is not known to be empty.
        return false
    }
  }
  return true
}
