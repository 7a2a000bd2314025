/**
 * From text to tree. The published grammar says where everything is; what belongs to what is decided here: it lets `offset`, `@` and
 * ranges take all that stands left of them (`a + b offset 5m` as `(a + b) offset 5m`), and a sign be part of a number (`-2^2` as `(-2)^2`).
 */
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

import { checkTypes, wrongCount } from './check-types.ts'
import type { AggregationOperator, BinaryOperator, Expression, Matching, PromqlQuery } from './expression.ts'
import { readNumber } from './literals.ts'
import { readSelector, readText } from './parse-selector.ts'
import { readDuration, readRange, withAt, withOffset, withRange } from './parse-time.ts'
import type { TextRange } from '#shared/query/query-error'
import { PromqlError } from './promql-error.ts'
import { unsupportedFunctions } from './signatures.ts'
import { powerStrength, strengths } from './strengths.ts'
import { checkSyntax, children, rangeOf, textOf, unsupported } from './syntax.ts'

/** The grammar takes a tenth of a second to make nothing of as many brackets. */
const maxCharacters = 10_000

/** Expressions within expressions: more than anyone writes, and far from the end of any stack. */
const maxDepth = 100

/** Reads and checks a query; throws PromqlError with the position of what is wrong, or outside the subset. */
export function parsePromql(text: string): PromqlQuery {
  if (text.length > maxCharacters) {
    const most = maxCharacters.toLocaleString('en')
    throw new PromqlError('limit', { from: 0, to: text.length }, `A query may have ${most} characters.`)
  }
  const tree = parser.parse(text)
  checkSyntax(tree.topNode, text)
  const expression = new Reader(text).expression(tree.topNode)
  return { text, expression, type: checkTypes(expression) }
}

/** What an expression is made of, in order of the text. */
type Item =
  | { readonly kind: 'operand'; readonly node: SyntaxNode; readonly range: TextRange }
  | { readonly kind: 'sign'; readonly op: '-' | '+'; readonly range: TextRange }
  | {
      readonly kind: 'binary'
      readonly op: BinaryOperator
      readonly modifiers: Modifiers
      readonly range: TextRange
    }
  | { readonly kind: 'postfix'; readonly node: SyntaxNode; readonly range: TextRange }

interface Modifiers {
  readonly bool: boolean
  readonly matching: Matching | undefined
}

const postfixes: ReadonlySet<string> = new Set([
  'OffsetExpr',
  'StepInvariantExpr',
  'MatrixSelector',
  'SubqueryExpr',
])

class Reader {
  readonly #text: string
  #items: Item[] = []
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The expression that is all of a node's content. */
  expression(parent: SyntaxNode): Expression {
    const [node] = children(parent)
    return this.#whole(node)
  }

  #whole(node: SyntaxNode): Expression {
    if (++this.#depth > maxDepth)
      throw new PromqlError('limit', rangeOf(node), 'The query is nested too deeply.')
    const [items, at] = [this.#items, this.#at]
    this.#items = this.#flatten(node)
    this.#at = 0
    const expression = this.#binary(0)
    this.#items = items
    this.#at = at
    this.#depth--
    return expression
  }

  #flatten(node: SyntaxNode): Item[] {
    const range = rangeOf(node)
    if (node.name === 'BinaryExpr') {
      const parts = children(node)
      const operator = parts[1]
      const op = textOf(operator, this.#text).toLowerCase()
      if (!strengths.has(op)) throw unsupported(operator, `The operator “${op}” is not supported.`)
      const binary: Item = {
        kind: 'binary',
        op: op as BinaryOperator,
        modifiers: this.#modifiers(parts.slice(2, -1)),
        range: rangeOf(operator),
      }
      return [...this.#flatten(parts[0]), binary, ...this.#flatten(parts[parts.length - 1])]
    }
    if (node.name === 'UnaryExpr') {
      const [sign, of] = children(node)
      return [
        { kind: 'sign', op: textOf(sign, this.#text) as '-' | '+', range: rangeOf(sign) },
        ...this.#flatten(of),
      ]
    }
    const sign = /^[-+]/u.exec(textOf(node, this.#text))?.[0]
    if (node.name === 'NumberDurationLiteral' && sign !== undefined)
      return [
        { kind: 'sign', op: sign as '-' | '+', range: { from: node.from, to: node.from + 1 } },
        { kind: 'operand', node, range: { from: node.from + 1, to: node.to } },
      ]
    if (postfixes.has(node.name))
      return [...this.#flatten(children(node)[0]), { kind: 'postfix', node, range }]
    return [{ kind: 'operand', node, range }]
  }

  #binary(least: number): Expression {
    let left = this.#signed()
    for (;;) {
      const item = this.#items[this.#at]
      if (item?.kind !== 'binary') return left
      const strength = strengths.get(item.op) ?? 0
      if (strength < least) return left
      this.#at++
      const right = this.#binary(strength === powerStrength ? strength : strength + 1)
      left = { kind: 'binary', op: item.op, left, right, ...item.modifiers, from: left.from, to: right.to }
    }
  }

  /** A sign binds as `*` does: less than `^`, more than `+`. */
  #signed(): Expression {
    const item = this.#items[this.#at]
    if (item.kind !== 'sign') return this.#operand()
    this.#at++
    const of = this.#binary(powerStrength)
    if (of.kind === 'number')
      return {
        kind: 'number',
        value: item.op === '-' ? -of.value : of.value,
        from: item.range.from,
        to: of.to,
      }
    return { kind: 'unary', op: item.op, of, from: item.range.from, to: of.to }
  }

  #operand(): Expression {
    const item = this.#items[this.#at++]
    let expression = this.#simple(item.kind === 'operand' ? item.node : undefined, item.range)
    for (; this.#items[this.#at]?.kind === 'postfix'; this.#at++) {
      const postfix = this.#items[this.#at]
      if (postfix.kind === 'postfix') expression = this.#postfix(expression, postfix.node)
    }
    return expression
  }

  #postfix(of: Expression, node: SyntaxNode): Expression {
    const [, ...parts] = children(node)
    if (node.name === 'OffsetExpr') return withOffset(of, readDuration(parts[1], this.#text), node)
    if (node.name === 'StepInvariantExpr') {
      const text = textOf(parts[1], this.#text)
      const preprocessor = /^[a-z]+/iu.exec(text)?.[0].toLowerCase()
      const isMoment = preprocessor === 'start' || preprocessor === 'end'
      return withAt(of, isMoment ? preprocessor : signedNumber(text) * 1000, node)
    }
    const [rangeMs, stepMs] = parts.map((part) => readRange(part, this.#text))
    if (node.name === 'MatrixSelector') return withRange(of, rangeMs, node)
    return { kind: 'subquery', of, rangeMs, stepMs, offsetMs: 0, from: of.from, to: node.to }
  }

  #simple(node: SyntaxNode | undefined, range: TextRange): Expression {
    switch (node?.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: readNumber(this.#text.slice(range.from, range.to)), ...range }
      case 'StringLiteral':
        return { kind: 'string', value: readText(node, this.#text), ...range }
      case 'VectorSelector':
        return readSelector(node, this.#text)
      case 'ParenExpr':
        return { kind: 'parentheses', of: this.expression(node), ...range }
      case 'FunctionCall':
        return this.#call(node)
      case 'AggregateExpr':
        return this.#aggregation(node)
      default:
        throw unsupported(range, `“${this.#text.slice(range.from, range.to)}” is not supported.`)
    }
  }

  #call(node: SyntaxNode): Expression {
    const [identifier, body] = children(node)
    const name = textOf(identifier, this.#text)
    if (unsupportedFunctions.has(name))
      throw unsupported(identifier, `The function “${name}” is not supported.`)
    return { kind: 'call', name, args: children(body).map((arg) => this.#whole(arg)), ...rangeOf(node) }
  }

  #aggregation(node: SyntaxNode): Expression {
    const operator = node.getChild('AggregateOp')
    const body = node.getChild('FunctionCallBody')
    if (operator === null || body === null) throw unsupported(node, 'An aggregation without its operand.')
    const op = textOf(operator, this.#text).toLowerCase()
    if (op.startsWith('limit')) throw unsupported(operator, `The aggregation “${op}” is not supported.`)
    const args = children(body).map((arg) => this.#whole(arg))
    const wanted = /^(?:topk|bottomk|quantile|count_values)$/u.test(op) ? 2 : 1
    if (args.length !== wanted) throw wrongCount(node, op, `${wanted}`, args.length)
    const modifier = node.getChild('AggregateModifier')
    return {
      kind: 'aggregation',
      op: op as AggregationOperator,
      of: args[wanted - 1],
      parameter: wanted === 2 ? args[0] : undefined,
      labels: this.#labels(modifier?.getChild('GroupingLabels')),
      without: modifier?.getChild('Without') !== null && modifier !== null,
      ...rangeOf(node),
    }
  }

  #modifiers(nodes: readonly SyntaxNode[]): Modifiers {
    let bool = false
    let matching: Matching | undefined
    for (const node of nodes) {
      if (node.name === 'BoolModifier') bool = true
      else if (node.name === 'MatchingModifierClause') matching = this.#matching(node)
      else throw unsupported(node, 'Filling in missing series is not supported.')
    }
    return { bool, matching }
  }

  #matching(node: SyntaxNode): Matching {
    const [labels, include] = node.getChildren('GroupingLabels')
    const left = node.getChild('GroupLeft') !== null
    const right = node.getChild('GroupRight') !== null
    return {
      on: node.getChild('On') !== null,
      labels: this.#labels(labels),
      many: left ? 'left' : right ? 'right' : 'none',
      include: this.#labels(include),
    }
  }

  #labels(node: SyntaxNode | null | undefined): string[] {
    if (node === null || node === undefined) return []
    return children(node).map((label) =>
      label.name === 'LabelName' ? textOf(label, this.#text) : readText(label, this.#text),
    )
  }
}

/** The number behind `@`, with its sign. */
function signedNumber(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1
  return sign * readNumber(text.replace(/^[-+]\s*/u, ''))
}
