/** Where in the query a server found its mistake. */

export interface QueryError {
  /** 1 for the first; undefined when the server did not say. */
  readonly line: number | undefined
  readonly column: number | undefined
  /** The server's words without the place. */
  readonly message: string
}

/** Tempo says `parse error at line 1, col 12: syntax error: unexpected …`. */
const place = /(?:invalid TraceQL query:\s*)?(?:parse error )?at line (\d+),\s*col(?:umn)? (\d+):?\s*/i

/** Reads the place out of a server's words. */
export function readQueryError(words: string): QueryError {
  const found = place.exec(words)
  if (!found) return { line: undefined, column: undefined, message: words.trim() }
  const message = `${words.slice(0, found.index)}${words.slice(found.index + found[0].length)}`
  return { line: Number(found[1]), column: Number(found[2]), message: message.trim() || words.trim() }
}
