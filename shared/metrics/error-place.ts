/** Where in a query Prometheus found its mistake. */

export interface PlacedError {
  /** 1 for the first; undefined when the server did not say. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** The server's words without the place. */
  readonly message: string
}

/** `invalid parameter "query": 1:5: parse error: unexpected end of input`; several are told one after the other. */
const place = /^(?:invalid parameter "query": )?(\d+):(\d+): (?:parse error: )?/

/** Reads the place out of a server's words. */
export function readPromqlError(words: string): PlacedError {
  const found = place.exec(words.trim())
  if (!found)
    return {
      line: undefined,
      column: undefined,
      message: words.trim().replace(/^invalid parameter "query": (unknown position: )?/, ''),
    }
  return { line: Number(found[1]), column: Number(found[2]), message: words.trim().slice(found[0].length) }
}
