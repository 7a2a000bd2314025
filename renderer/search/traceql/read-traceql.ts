/** TraceQL as conditions of the form, where the form can say it. */
import { parser } from '@grafana/lezer-traceql'
import type { SyntaxNode } from '@lezer/common'
import { parseDuration } from '#shared/derive/durations'
import { type TraceConditions, noConditions, type TagCondition } from '#shared/api/contract'
import { longerThan, shorterThan } from '#shared/api/duration-bound'

interface Comparison {
  readonly field: string
  readonly op: string
  readonly value: string
}

/** Go's unit letters are Clew's, but for a lone `m`, which both read as minutes. */
const readDuration = (text: string): number | undefined =>
  /^[\d.]+(ns|us|µs|ms|s|m|h)([\d.]+(ns|us|µs|ms|s|m|h))*$/.test(text) ? parseDuration(text) : undefined

function unquote(text: string): string | undefined {
  if (/^`[^`]*`$/.test(text)) return text.slice(1, -1)
  if (!/^"(?:[^"\\]|\\["\\n])*"$/.test(text)) return undefined
  return text.slice(1, -1).replace(/\\(["\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

/** `(.n = 500 || .n = "500")` is how the form asks for a number that may have been recorded as text. */
const eitherKind = /^\(\s*(\S+)\s*=\s*(-?[\d.]+|true|false)\s*\|\|\s*(\S+)\s*=\s*"(.*)"\s*\)$/s

/** The comparisons of `a && b && c`; undefined when it is anything else. */
function readAnds(node: SyntaxNode, text: string): readonly Comparison[] | undefined {
  const children = childrenOf(node)
  const either = eitherKind.exec(text.slice(node.from, node.to))
  if (either)
    return either[1] === either[3] && either[2] === either[4]
      ? [{ field: either[1], op: '=', value: either[2] }]
      : undefined
  // Brackets leave no node: the text would say more than its parts.
  const isBare = children[0]?.from === node.from && children.at(-1)?.to === node.to
  if (children.length !== 3 || !isBare) return undefined
  const [left, middle, right] = children
  if (middle.name === 'And') {
    const before = readAnds(left, text)
    const after = readAnds(right, text)
    return before && after ? [...before, ...after] : undefined
  }
  const isField = left.firstChild?.name === 'AttributeField' || left.firstChild?.name === 'IntrinsicField'
  // A minus sign makes a node of its own around its number.
  const isStatic =
    right.firstChild?.name === 'Static' ||
    (/^-[\d.]+$/.test(text.slice(right.from, right.to)) && right.firstChild?.firstChild?.name === 'Static')
  if (middle.name !== 'FieldOp' || !isField || !isStatic) return undefined
  return [
    {
      field: text.slice(left.from, left.to),
      op: text.slice(middle.from, middle.to),
      value: text.slice(right.from, right.to),
    },
  ]
}

const bareValue = /^(-?\d+(\.\d+)?|true|false)$/

function readTag({ field, value }: Comparison): TagCondition | undefined {
  const found = /^(resource|span|event|link|instrumentation)?\.(.+)$/s.exec(field)
  if (!found) return undefined
  const name = found[2].startsWith('"') ? unquote(found[2]) : found[2]
  const text = unquote(value)
  // The form asks for 500 as a number and as text. A bare 500 may become that; a text that insists on its quotes stays as it is.
  if (name === undefined || (text === undefined ? !bareValue.test(value) : bareValue.test(text)))
    return undefined
  // The form has no empty value.
  if (text === '') return undefined
  return { key: found[1] === undefined ? name : `${found[1]}.${name}`, value: text ?? value }
}

/** What one comparison adds to the form; undefined when the form has no place for it. */
function withComparison(form: TraceConditions, comparison: Comparison): TraceConditions | undefined {
  const { field, op, value } = comparison
  if (field === 'duration' || field === 'span:duration') {
    const ns = readDuration(value)
    if (ns === undefined) return undefined
    if (op.startsWith('>') && form.minDurationNs === undefined)
      return { ...form, minDurationNs: op === '>' ? longerThan(ns) : ns }
    if (op.startsWith('<') && form.maxDurationNs === undefined)
      return { ...form, maxDurationNs: op === '<' ? shorterThan(ns) : ns }
    return undefined
  }
  if (op !== '=') return undefined
  const text = unquote(value)
  if (field === 'resource.service.name' || field === '.service.name')
    return text && form.service === '' ? { ...form, service: text } : undefined
  if (field === 'name' || field === 'span:name')
    return text && form.operation === '' ? { ...form, operation: text } : undefined
  if (field === 'status' || field === 'span:status')
    return value === 'error' && !form.errorsOnly ? { ...form, errorsOnly: true } : undefined
  if (field === 'kind' || field === 'span:kind')
    return { ...form, tags: [...form.tags, { key: 'span.kind', value }] }
  const tag = readTag(comparison)
  return tag && { ...form, tags: [...form.tags, tag] }
}

/** The conditions a text stands for, if the form can say all of it: one span set of ANDed comparisons. Otherwise undefined. */
export function readTraceql(text: string): TraceConditions | undefined {
  if (text.trim() === '') return noConditions
  const query = parser.parse(text).topNode.firstChild
  if (!query || query.nextSibling || query.name !== 'SpansetPipelineExpression') return undefined
  const filter = query.firstChild?.firstChild
  const isAlone =
    filter?.name === 'SpansetFilter' &&
    !filter.nextSibling &&
    !query.firstChild?.nextSibling &&
    text.slice(0, filter.from).trim() === '' &&
    text.slice(filter.to).trim() === '' &&
    text[filter.from] === '{' &&
    text[filter.to - 1] === '}'
  if (!isAlone) return undefined
  const inside = filter.firstChild
  if (!inside) return noConditions
  // More than one thing between the braces: the second is what the grammar could not read.
  if (inside.nextSibling) return undefined
  const comparisons = readAnds(inside, text)
  let form: TraceConditions | undefined = comparisons && noConditions
  for (const comparison of comparisons ?? []) form = form && withComparison(form, comparison)
  return form
}
