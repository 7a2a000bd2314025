/** Reading LogQL as it is written, and writing a filter into it: what a click on a value does to a query. */
import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@grafana/lezer-logql'

/** What a value in a list of lines belongs to; it decides how a query filters by it. */
export type FieldKind =
  /** Of the stream: a matcher of the selector. */
  | 'label'
  /** Beside the line: a filter that needs nothing before it. */
  | 'metadata'
  /** In the line: a filter that needs the line to be read first. */
  | 'json'
  | 'logfmt'

/** One value to filter by. */
export interface FieldValue {
  readonly kind: FieldKind
  readonly name: string
  readonly value: string
}

/** A condition a query has: `name op value`. */
export interface Condition {
  readonly name: string
  readonly op: string
  readonly value: string
}

/** Whether a query answers with lines or with numbers. */
export function kindOfQuery(query: string): 'lines' | 'metric' {
  return find(parser.parse(query), 'MetricExpr').length > 0 ? 'metric' : 'lines'
}

/** The first stream selector, braces included; empty where there is none. */
export function selectorOf(query: string): string {
  const [selector] = find(parser.parse(query), 'Selector')
  return selector ? textOf(selector, query) : ''
}

/** Every matcher and label filter on text, in order. */
export function conditionsOf(query: string): readonly Condition[] {
  return find(parser.parse(query), 'Matcher').flatMap((matcher) => conditionOf(matcher, query) ?? [])
}

/** What the line filters of a query look for, to be marked in its lines: expressions without their slashes. */
export function lineTermsOf(query: string): readonly { readonly text: string; readonly isRegex: boolean }[] {
  return find(parser.parse(query), 'LineFilter').flatMap((filter) => {
    const op = filter.getChild('Filter')
    const text = filter.getChild('String')
    if (!op || !text) return []
    const sign = textOf(op, query)
    if (sign !== '|=' && sign !== '|~') return []
    return [{ text: unquote(textOf(text, query)), isRegex: sign === '|~' }]
  })
}

/**
 * The query that lets only lines with this value through (or only others). A condition it has on the same value is turned round, one that
 * says the same is left as it is.
 */
export function withFilter(query: string, field: FieldValue, isIn: boolean): string {
  const tree = parser.parse(query)
  const op = isIn ? '=' : '!='
  const same = matchersOf(tree, query, field)
  const [first] = same
  if (first) {
    if (same.some(({ condition }) => condition.op === op)) return query
    const sign = first.node.firstChild?.nextSibling
    return sign ? replace(query, sign.from, sign.to, op) : query
  }
  const condition = `${field.name}${op}${JSON.stringify(field.value)}`
  return field.kind === 'label'
    ? withMatcher(tree, query, condition)
    : withStage(tree, query, condition, field.kind)
}

/** The query without its conditions on this value, whichever they are. */
export function withoutFilter(query: string, field: Pick<FieldValue, 'name' | 'value'>): string {
  let text = query
  for (;;) {
    const [found] = matchersOf(parser.parse(text), text, field)
    const next = found && withoutMatcher(text, found.node)
    if (next === undefined || next === text) return text
    text = next
  }
}

/** The values a query lets through of a field by `=` or a choice of texts; none where it does not choose. */
export function choiceOf(query: string, name: string): readonly string[] {
  return conditionsOf(query).flatMap((condition) => {
    if (condition.name !== name) return []
    if (condition.op === '=') return [condition.value]
    return condition.op === '=~' ? (alternativesOf(condition.value) ?? []) : []
  })
}

/** The query that lets through only lines with one of these values; all of them where there is none. */
export function withChoice(
  query: string,
  field: Pick<FieldValue, 'kind' | 'name'>,
  values: readonly string[],
): string {
  let text = query
  for (;;) {
    const found = find(parser.parse(text), 'Matcher').find((node) => {
      const condition = conditionOf(node, text)
      return condition?.name === field.name && /^=~?$/.test(condition.op)
    })
    if (found === undefined) break
    // The last matcher of a selector must stay: without one a selector means nothing.
    const isLast = conditionsOf(text).length === 1 && found.parent?.name !== 'LabelFilter'
    const next = isLast
      ? replace(text, found.from, found.to, `${field.name}=~".+"`)
      : withoutMatcher(text, found)
    if (next === text || isLast) {
      text = next
      break
    }
    text = next
  }
  const [one, ...more] = values
  if (one === undefined) return text
  const condition =
    more.length === 0
      ? `${field.name}=${JSON.stringify(one)}`
      : `${field.name}=~${JSON.stringify(values.map(literal).join('|'))}`
  const tree = parser.parse(text)
  const any = find(tree, 'Matcher').find((node) => textOf(node, text) === `${field.name}=~".+"`)
  if (any) return replace(text, any.from, any.to, condition)
  return field.kind === 'label'
    ? withMatcher(tree, text, condition)
    : withStage(tree, text, condition, field.kind)
}

/** The query with a line filter right after its selector, where it costs least. */
export function withLineFilter(query: string, op: '|=' | '|>' | '|~', text: string): string {
  const [selector] = find(parser.parse(query), 'Selector')
  if (!selector) return query
  const filter = ` ${op} ${text.includes('`') ? JSON.stringify(text) : `\`${text}\``}`
  return query.includes(filter) ? query : replace(query, selector.to, selector.to, filter)
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** The texts an expression is a choice of; undefined where it is more than that. */
function alternativesOf(form: string): readonly string[] | undefined {
  const parts = form.split(/(?<!\\)\|/)
  const texts = parts.map((part) => part.replaceAll(/\\([^A-Za-z0-9])/g, '$1'))
  return texts.every((text, at) => literal(text) === parts[at]) ? texts : undefined
}

/** The query narrowed to one stream, by all its labels. */
export function withStream(query: string, labels: Readonly<Record<string, string>>): string {
  const selector = find(parser.parse(query), 'Selector')[0]
  if (!selector) return query
  const matchers = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return replace(query, selector.from, selector.to, `{${matchers.join(', ')}}`)
}

interface FoundMatcher {
  readonly node: SyntaxNode
  readonly condition: Condition
}

function matchersOf(
  tree: Tree,
  query: string,
  { name, value }: Pick<FieldValue, 'name' | 'value'>,
): readonly FoundMatcher[] {
  return find(tree, 'Matcher').flatMap((node) => {
    const condition = conditionOf(node, query)
    const isSame = condition?.name === name && condition.value === value && /^!?=$/.test(condition.op)
    return isSame ? [{ node, condition }] : []
  })
}

function withMatcher(tree: Tree, query: string, condition: string): string {
  const [selector] = find(tree, 'Selector')
  if (!selector) return query
  const last = find(tree, 'Matcher').findLast((node) => node.to <= selector.to && node.from >= selector.from)
  if (last) return replace(query, last.to, last.to, `, ${condition}`)
  return replace(query, selector.from, selector.to, `{${condition}}`)
}

function withStage(tree: Tree, query: string, condition: string, kind: FieldKind): string {
  const [selector] = find(tree, 'Selector')
  if (!selector) return query
  const [pipeline] = find(tree, 'PipelineExpr')
  const read = kind === 'json' || kind === 'logfmt' ? kind : undefined
  const isRead = read === undefined || find(tree, read === 'json' ? 'Json' : 'Logfmt').length > 0
  const at = pipeline?.to ?? selector.to
  return replace(query, at, at, `${isRead ? '' : ` | ${read}`} | ${condition}`)
}

/** Takes a matcher out with the comma, or the whole stage, that it leaves empty; a filter within `or` is left. */
function withoutMatcher(query: string, node: SyntaxNode): string {
  const filter = node.parent
  if (filter?.name === 'LabelFilter') {
    const stage = filter.parent
    return stage?.name === 'PipelineStage'
      ? replace(query, stage.from, stage.to, '').replace(/ {2,}/, ' ').trimEnd()
      : query
  }
  const before = query.slice(0, node.from).replace(/,\s*$/, '')
  const after = query.slice(node.to)
  return before.length < query.slice(0, node.from).length
    ? before + after
    : before + after.replace(/^\s*,\s*/, '')
}

function conditionOf(matcher: SyntaxNode, query: string): Condition | undefined {
  const name = matcher.getChild('Identifier')
  const value = matcher.getChild('String')
  const op = name?.nextSibling
  if (!name || !value || !op) return undefined
  return { name: textOf(name, query), op: textOf(op, query), value: unquote(textOf(value, query)) }
}

/** All nodes of a name, in order of the text; of nested ones the outermost first. */
function find(tree: Tree, name: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = []
  tree.iterate({
    enter: (node) => {
      if (node.name === name) found.push(node.node)
    },
  })
  return found
}

const textOf = ({ from, to }: SyntaxNode, query: string): string => query.slice(from, to)

const replace = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to)

function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  try {
    return String(JSON.parse(text))
  } catch {
    // Escapes that Go has and JSON has not: nothing here compares or shows such a text as it was meant.
    return text.slice(1, -1)
  }
}
