/**
 * What a text that was pasted or typed asks for: an id in any spelling, a propagation header, a log line that names a trace, or a link into another
 * viewer, be it of a trace, a search, lines or a chart. Pure; a text is only ever read, never followed.
 */
import type { TraceConditions } from '#shared/api/contract'
import type { TimeRange } from '#shared/derive/time-range'
import { readLink } from './link'
import { tracesNamedIn } from './trace-ids'

/** One trace. */
export interface PastedTrace {
  readonly kind: 'trace'
  /** 32 lower-case hex digits, zeros in front where the text had fewer. */
  readonly traceId: string
  /** 16 lower-case hex digits, where the text names a span too. */
  readonly spanId: string | undefined
  /** When it was, where the text says so. */
  readonly range: TimeRange | undefined
  /** Ids of the sources that a link of Clew's own names; another's may be others. */
  readonly sources?: readonly string[]
  /** What the text was. */
  readonly from: 'id' | 'header' | 'link' | 'text'
  /** False where the text could well be something else: only decimal digits, base64 without its padding, hex digits that nothing calls a trace. */
  readonly isSure: boolean
}

/** A search for traces, as its link has it. */
export interface PastedSearch extends TraceConditions {
  readonly kind: 'search'
  /** Instead of all the others; empty where they say it. */
  readonly traceql: string
  readonly limit: number | undefined
  /** Undefined where the link does not say, or says it in a way that only its own tool knows. */
  readonly range: TimeRange | undefined
}

/** Log lines. */
export interface PastedLines {
  readonly kind: 'lines'
  /** LogQL. */
  readonly query: string
  readonly range: TimeRange | undefined
}

/** Queries drawn over time. */
export interface PastedChart {
  readonly kind: 'chart'
  readonly language: 'promql' | 'logql'
  readonly queries: readonly string[]
  readonly range: TimeRange | undefined
}

/** Who calls whom. */
export interface PastedMap {
  readonly kind: 'map'
  readonly range: TimeRange | undefined
}

/** A page of Clew's own. */
export interface PastedPage {
  readonly kind: 'page'
  readonly href: string
  readonly range: undefined
}

export type Pasted = PastedPage | PastedTrace | PastedSearch | PastedLines | PastedChart | PastedMap

/** Grafana's links hold whole queries; a text longer than this is a document. */
const longestText = 20_000

/** All that a text can mean, the likeliest first; empty where it names nothing. */
export function readPasted(text: string): readonly Pasted[] {
  if (text.length > longestText) return []
  const trimmed = text.trim()
  // A link may well end in a bracket of its own.
  const whole = trimmed
    .replace(/^["'<(]{1,2}/, '')
    .replace(trimmed.startsWith('(') ? /["'>),;]{1,3}$/ : /["'>,;]{1,3}$/, '')
  const asked = readLink(whole) ?? []
  return asked.length > 0 ? asked : tracesNamedIn(whole)
}
