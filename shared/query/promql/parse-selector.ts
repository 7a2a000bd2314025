/** Reads a selector: the name of a metric, and conditions in braces. */
import type { SyntaxNode } from '@lezer/common'

import type { VectorSelector } from './expression.ts'
import { metricName } from './labels.ts'
import { readString } from './literals.ts'
import { type Matcher, createMatcher } from './matcher.ts'
import { PromqlError } from './promql-error.ts'
import { children, rangeOf, textOf } from './syntax.ts'

/** A text in quotes. */
export function readText(node: SyntaxNode, text: string): string {
  const value = readString(textOf(node, text))
  if (value === undefined)
    throw new PromqlError(
      'syntax',
      rangeOf(node),
      'This text does not end, or holds an escape that means nothing.',
    )
  return value
}

export function readSelector(node: SyntaxNode, text: string): VectorSelector {
  const identifier = node.getChild('Identifier')
  const matchers: Matcher[] = []
  let name = ''
  if (identifier !== null) {
    name = textOf(identifier, text)
    matchers.push(createMatcher(metricName, '=', name))
  }
  for (const condition of children(node.getChild('LabelMatchers') ?? node)) {
    if (condition.name === 'Identifier') continue
    const [label, op, value] = children(condition)
    if (condition.name === 'QuotedLabelName') {
      const quoted = readText(condition, text)
      if (name === '') name = quoted
      matchers.push(createMatcher(metricName, '=', quoted))
      continue
    }
    const labelName = label.name === 'LabelName' ? textOf(label, text) : readText(label, text)
    const matchOp = textOf(op, text) as Matcher['op']
    const refuse = (message: string): PromqlError => new PromqlError('syntax', rangeOf(value), message)
    matchers.push(createMatcher(labelName, matchOp, readText(value, text), refuse))
  }
  return { kind: 'vector-selector', name, matchers, offsetMs: 0, ...rangeOf(node) }
}
