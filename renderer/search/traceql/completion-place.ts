/** What is being written at a place in a TraceQL text, whether or not the rest of it is right. */
import { parser } from '@grafana/lezer-traceql'
import type { SyntaxNode } from '@lezer/common'

/** What can stand at the place; `from` is where the word under the cursor begins. */
export type CompletionPlace =
  | { readonly kind: 'start'; readonly from: number }
  /** The name of an attribute, or an intrinsic; `prefix` is what is written of it. */
  | { readonly kind: 'field'; readonly from: number; readonly prefix: string }
  | { readonly kind: 'comparison'; readonly from: number }
  /** The value of `field`; inside quotes `from` is where they open. */
  | { readonly kind: 'value'; readonly from: number; readonly field: string; readonly isQuoted: boolean }
  | { readonly kind: 'connective'; readonly from: number }
  | { readonly kind: 'span-set-operator'; readonly from: number }
  | { readonly kind: 'pipeline'; readonly from: number }
  /** A comment, a number, the middle of a text: nothing to offer. */
  | { readonly kind: 'none' }

interface Surroundings {
  /** Where the quote opened that is not closed; -1 outside quotes. */
  readonly quoteFrom: number
  readonly depth: number
  readonly isComment: boolean
}

/** Quotes, braces and comments up to the end of `text`: they need no grammar, and hold when the rest is broken. */
function lookAround(text: string): Surroundings {
  let depth = 0
  let quoteFrom = -1
  let isComment = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isComment) isComment = sign !== '\n'
    else if (quoteFrom >= 0) {
      if (sign === '\\' && text[quoteFrom] === '"') at += 1
      else if (sign === text[quoteFrom]) quoteFrom = -1
    } else if (sign === '"' || sign === '`') quoteFrom = at
    else if (sign === '/' && text[at + 1] === '/') isComment = true
    else if (sign === '{') depth += 1
    else if (sign === '}') depth = Math.max(0, depth - 1)
  }
  return { quoteFrom, depth, isComment }
}

/** The innermost node that ends where the written text ends. */
function lastNode(text: string): SyntaxNode {
  return parser.parse(text).resolveInner(text.trimEnd().length, -1)
}

/** The field left of a comparison sign. */
function fieldBefore(op: SyntaxNode, text: string): string {
  const left = op.prevSibling
  return left ? text.slice(left.from, left.to).trim() : ''
}

function inBraces(before: string, from: number, word: string): CompletionPlace {
  const written = before.trimEnd()
  if (/[{(,!]$/.test(written)) return { kind: 'field', from, prefix: word }
  const node = lastNode(before)
  if (node.name === 'And' || node.name === 'Or') return { kind: 'field', from, prefix: word }
  if (node.name === 'FieldOp') {
    const op = before.slice(node.from, node.to)
    return /^([=!<>]=?|=~|!~)$/.test(op)
      ? { kind: 'value', from, field: fieldBefore(node, before), isQuoted: false }
      : { kind: 'field', from, prefix: word }
  }
  // A name with a space after it is whole; without one it is still the word under the cursor.
  if (node.name === 'Identifier' || node.name === 'AttributeField' || node.name === 'IntrinsicField')
    return { kind: 'comparison', from }
  if (/["`)\w]$/.test(written)) return { kind: 'connective', from }
  return { kind: 'none' }
}

/** What is being written at `offset`. */
export function completionPlace(text: string, offset: number): CompletionPlace {
  const all = text.slice(0, offset)
  const { quoteFrom, depth, isComment } = lookAround(all)
  if (isComment) return { kind: 'none' }
  if (quoteFrom >= 0) {
    const before = all.slice(0, quoteFrom)
    if (before.endsWith('.')) return { kind: 'none' }
    const node = lastNode(before)
    return depth > 0 && node.name === 'FieldOp'
      ? { kind: 'value', from: quoteFrom, field: fieldBefore(node, before), isQuoted: true }
      : { kind: 'none' }
  }
  const word = /[\p{L}\p{N}_.:/-]*$/u.exec(all)?.[0] ?? ''
  const from = offset - word.length
  const before = all.slice(0, from)
  const written = before.trimEnd()
  if (depth === 0) {
    if (written === '') return { kind: 'start', from }
    if (/[|(]$/.test(written)) return { kind: 'pipeline', from }
    if (/[}]$/.test(written)) return { kind: 'span-set-operator', from }
    if (/(&&|\|\||>|~)$/.test(written)) return { kind: 'start', from }
    return { kind: 'none' }
  }
  return inBraces(before, from, word)
}
