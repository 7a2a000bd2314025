/** Reads ranges, offsets and moments, and puts them where they belong. */
import type { SyntaxNode } from '@lezer/common'

import type { Expression, Moment } from './expression.ts'
import { readNumber } from './literals.ts'
import { PromqlError } from './promql-error.ts'
import { rangeOf, textOf, unsupported } from './syntax.ts'

/** The length of a range or of a subquery's step. */
export function readRange(node: SyntaxNode, text: string): number {
  const rangeMs = readDuration(node, text)
  if (!(rangeMs > 0)) throw new PromqlError('syntax', rangeOf(node), 'A range must be longer than nothing.')
  return rangeMs
}

/** An offset, or any length: milliseconds; a bare number means seconds. */
export function readDuration(node: SyntaxNode, text: string): number {
  const words = textOf(node, text)
  const match = /^([-+]?)\s*([\w.]+)$/u.exec(words)
  // Calculating with durations is an experiment of Prometheus, off unless asked for.
  if (match === null || /^[a-z]+$/iu.test(match[2]))
    throw unsupported(node, `“${words}” is not supported as a duration: 5m, 1h30m and 300 are.`)
  return (match[1] === '-' ? -1 : 1) * Math.trunc(Number((readNumber(match[2]) * 1000).toPrecision(15)))
}

export function withRange(of: Expression, rangeMs: number, node: SyntaxNode): Expression {
  if (of.kind !== 'vector-selector')
    throw new PromqlError(
      'syntax',
      rangeOf(of),
      'Only a selector can have a range; with a colon, as in [5m:], anything can.',
    )
  if (of.offsetMs !== 0 || of.at !== undefined)
    throw new PromqlError('syntax', rangeOf(of), 'The range comes before “offset” and “@”.')
  return { kind: 'matrix-selector', selector: of, rangeMs, from: of.from, to: node.to }
}

export function withOffset(of: Expression, offsetMs: number, node: SyntaxNode): Expression {
  return changeMoment(of, node, 'offset', (moment) => {
    if (moment.offsetMs !== 0) throw new PromqlError('syntax', rangeOf(of), '“offset” is said twice.')
    return { ...moment, offsetMs }
  })
}

export function withAt(of: Expression, at: number | 'start' | 'end', node: SyntaxNode): Expression {
  if (typeof at === 'number' && !Number.isFinite(at))
    throw new PromqlError('syntax', rangeOf(node), 'The moment behind “@” is no time.')
  return changeMoment(of, node, '@', (moment) => {
    if (moment.at !== undefined) throw new PromqlError('syntax', rangeOf(of), '“@” is said twice.')
    return { ...moment, at: typeof at === 'number' ? Math.round(at) : at }
  })
}

function changeMoment(
  of: Expression,
  node: SyntaxNode,
  what: string,
  change: (moment: Moment) => Moment,
): Expression {
  const to = node.to
  if (of.kind === 'vector-selector' || of.kind === 'subquery') return { ...of, ...change(of), to }
  if (of.kind === 'matrix-selector')
    return { ...of, selector: { ...of.selector, ...change(of.selector) }, to }
  throw new PromqlError('syntax', rangeOf(of), `“${what}” goes with a selector or a subquery only.`)
}
