/** Nodes of the published grammar, and what to say when a text is none of its sentences. */
import type { SyntaxNode } from '@lezer/common'

import type { TextRange } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'
import { functionSignatures, unsupportedFunctions } from './signatures.ts'

/** The parts of a node in order, without comments. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') parts.push(child)
  return parts
}

export function textOf(node: TextRange, text: string): string {
  return text.slice(node.from, node.to)
}

export function rangeOf({ from, to }: TextRange): TextRange {
  return { from, to }
}

/** The refusal of what is PromQL, and outside the subset. */
export function unsupported(range: TextRange, message: string): PromqlError {
  return new PromqlError('unsupported', rangeOf(range), message)
}

/** Throws for the first place where the text stops being PromQL. */
export function checkSyntax(top: SyntaxNode, text: string): void {
  let error: SyntaxNode | undefined
  top.cursor().iterate((node) => {
    if (node.type.isError) error ??= node.node
    return error === undefined
  })
  if (error === undefined) return
  if (text.replace(/#.*/gu, '').trim() === '')
    throw new PromqlError('syntax', { from: 0, to: text.length }, 'There is no query.')
  throw callOfNothing(error, text) ?? unexpected(error, text)
}

/** `foo(…)`, where no function is called foo: the grammar takes it for a metric, and stumbles over the parenthesis. */
function callOfNothing(error: SyntaxNode, text: string): PromqlError | undefined {
  const name = /([A-Za-z_]\w*)\s*$/u.exec(text.slice(0, error.from))
  if (name === null || !text.slice(error.from).startsWith('(')) return undefined
  const range = { from: name.index, to: name.index + name[1].length }
  if (unsupportedFunctions.has(name[1]))
    return unsupported(range, `The function “${name[1]}” is not supported.`)
  if (functionSignatures.has(name[1])) return undefined
  return new PromqlError('syntax', range, `There is no function “${name[1]}”.`)
}

function unexpected(error: SyntaxNode, text: string): PromqlError {
  const rest = text.slice(error.from)
  const before = /^\s*/u.exec(rest)?.[0].length ?? 0
  const from = error.from + before
  if (from >= text.length)
    return new PromqlError('syntax', { from: text.length, to: text.length }, 'The query ends too early.')
  const word = /^(?:\w+|[^\w\s])/u.exec(text.slice(from))?.[0] ?? ''
  return new PromqlError('syntax', { from, to: from + word.length }, `“${word}” was not expected here.`)
}
