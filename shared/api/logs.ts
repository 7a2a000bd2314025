/** Logs in the contract between page and handler: types only. Lines themselves are Loki's own bytes, read by the page (shared/logs). */

/** Labels of a stream, or of a series. */
export type Labels = Readonly<Record<string, string>>

/** Which lines are asked for. Nanoseconds since 1970 as decimal text, for a number would round them; the start is in, the end is not. */
export interface LogWindow {
  readonly startNs: string
  readonly endNs: string
}

/** A page of lines. */
export interface LinesQuery extends LogWindow {
  /** LogQL whose answer is lines. */
  readonly query: string
  /** At most so many; the server may have a lower limit of its own. */
  readonly limit: number
  /** `backward`: the newest of the window; `forward`: its oldest. */
  readonly direction: 'backward' | 'forward'
}

/** How many lines there are over time, by level. */
export interface LogVolume {
  /** Start of the first bar, milliseconds since 1970. */
  readonly startMs: number
  readonly stepMs: number
  /** As the server calls a level, empty where it knows none; every list has one count per bar. */
  readonly levels: readonly { readonly level: string; readonly counts: readonly number[] }[]
}

/** A field the server found in a sample of the lines. */
export interface LogField {
  readonly label: string
  /** `string`, `int`, `float`, `bool`, `duration`, `bytes`. */
  readonly type: string
  /** Different values, about. */
  readonly cardinality: number
  /** What reads it out of the line: `json`, `logfmt`; none for structured metadata. */
  readonly parsers: readonly string[]
}

/** Lines that differ only in what `<_>` stands for. */
export interface LogPattern {
  readonly pattern: string
  /** Empty where the server does not say. */
  readonly level: string
  /** Seconds since 1970, and lines since the sample before. */
  readonly samples: readonly (readonly [number, number])[]
}
