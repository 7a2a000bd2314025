/** Go's templates as `line_format` and `label_format` use them: `{{.status}} {{ToUpper .method | trunc 3}} {{if eq .a "b"}}…{{end}}`. */
import { RegexError } from '#shared/query/re2'
import {
  bounded,
  functionNames,
  type TemplateContext,
  templateFunctions,
  type TemplateValue,
  textOf,
} from './template-functions.ts'

/** A template that was read: the labels it looks at, and what it makes of a line. Throws TemplateError where a value does not fit, TemplateTooLong where it has no end. */
export interface Template {
  readonly names: readonly string[]
  readonly write: (context: TemplateContext) => string
}

type Part = (context: TemplateContext) => string
type Value = (context: TemplateContext, piped?: TemplateValue) => TemplateValue

/** Throws RegexError for what is none, or outside the subset. */
export function readTemplate(source: string): Template {
  const reader = new TemplateReader(source)
  const write = reader.parts()
  reader.expectEnd()
  return { names: reader.names, write }
}

/** An action, with what it takes away of the blanks around it. */
const action = /\{\{(-(?=\s))?((?:[^"`}]|"(?:[^"\\]|\\.)*"|`[^`]*`|\}(?!\}))*?)((?<=\s)-)?\}\}/gu
const word = /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(-?\d+(?:\.\d+)?)|\.([A-Za-z_]\w*)|([A-Za-z_]\w*)|([()|.]))/uy

const nothing: Part = () => ''

class TemplateReader {
  readonly names: string[] = []
  /** Texts and actions, in turns; a text comes first. */
  readonly #pieces: readonly string[]
  #at = 0
  #words: readonly RegExpExecArray[] = []
  #word = 0

  constructor(source: string) {
    const pieces: string[] = []
    let end = 0
    let trims = false
    for (const match of source.matchAll(action)) {
      const [whole, trimsBefore, inside, trimsAfter] = match
      pieces.push(trimmed(source.slice(end, match.index), trims, trimsBefore !== undefined), inside.trim())
      trims = trimsAfter !== undefined
      end = match.index + whole.length
    }
    const rest = source.slice(end)
    if (rest.includes('{{')) throw new RegexError('The template does not end: “}}” is missing.')
    this.#pieces = [...pieces, trimmed(rest, trims, false)]
  }

  /** Up to `end` or `else`, which is left. */
  parts(): Part {
    const parts: Part[] = []
    for (;;) {
      const text = this.#pieces[this.#at]
      if (text !== '') parts.push(() => text)
      const next = this.#pieces[this.#at + 1]
      if (next === undefined || /^(?:end|else\b.*)$/su.test(next)) break
      this.#at += 2
      if (next.startsWith('/*')) continue
      const [, condition] = /^if\s+(.*)$/su.exec(next) ?? []
      parts.push(condition === undefined ? this.#action(next) : this.#choice(condition))
    }
    return (context) => {
      let written = ''
      for (const part of parts) written = bounded(written + part(context))
      return written
    }
  }

  expectEnd(): void {
    const next = this.#pieces[this.#at + 1]
    if (next !== undefined) throw new RegexError(`“{{${next}}}” stands outside of any “if”.`)
  }

  /** The action before the place was `if`, or `else if`. */
  #choice(condition: string): Part {
    const holds = this.#pipeline(condition)
    const then = this.parts()
    const [, elseIf] = /^else\s+if\s+(.*)$/su.exec(this.#closing()) ?? []
    if (elseIf !== undefined) {
      const otherwise = this.#choice(elseIf)
      return (context) => (isTrue(holds(context)) ? then : otherwise)(context)
    }
    let otherwise = nothing
    if (this.#pieces[this.#at - 1] === 'else') {
      otherwise = this.parts()
      if (this.#closing() !== 'end') throw new RegexError('“{{else}}” stands twice in one “if”.')
    }
    return (context) => (isTrue(holds(context)) ? then : otherwise)(context)
  }

  #closing(): string {
    const closing = this.#pieces[this.#at + 1]
    if (closing === undefined) throw new RegexError('An “if” of the template has no “{{end}}”.')
    this.#at += 2
    return closing
  }

  #action(text: string): Part {
    const value = this.#pipeline(text)
    return (context) => textOf(value(context))
  }

  #pipeline(text: string): Value {
    const words: RegExpExecArray[] = []
    word.lastIndex = 0
    while (word.lastIndex < text.length) {
      const match = word.exec(text)
      if (match === null) throw new RegexError(`“{{${text}}}” is not supported in a template.`)
      words.push(match)
    }
    const [outerWords, outerWord] = [this.#words, this.#word]
    this.#words = words
    this.#word = 0
    const value = this.#piped()
    if (this.#word < words.length) throw new RegexError(`“{{${text}}}” is not supported in a template.`)
    this.#words = outerWords
    this.#word = outerWord
    return value
  }

  #piped(): Value {
    let value = this.#command()
    while (this.#words[this.#word]?.[5] === '|') {
      this.#word++
      const [before, after] = [value, this.#command()]
      value = (context, piped) => after(context, before(context, piped))
    }
    return value
  }

  #command(): Value {
    const name = this.#words[this.#word]?.[4]
    if (name === undefined) return this.#operand()
    this.#word++
    if (!functionNames.has(name))
      throw new RegexError(`The function “${name}” is not supported in a template.`)
    const call = templateFunctions[name]
    const args: Value[] = []
    while (this.#isAtOperand()) args.push(this.#operand())
    return (context, piped) => {
      const values = args.map((arg) => arg(context))
      return call(piped === undefined ? values : [...values, piped], context)
    }
  }

  #isAtOperand(): boolean {
    const next = this.#words[this.#word]
    return next !== undefined && (next[5] === undefined || next[5] === '(')
  }

  #operand(): Value {
    const next = this.#words[this.#word++]
    if (next === undefined) throw new RegexError('An action of the template says nothing.')
    const [whole, quoted, number, field, name, sign] = next
    if (quoted !== undefined) {
      const text = quoted.startsWith('`') ? quoted.slice(1, -1) : unquote(quoted)
      return () => text
    }
    if (number !== undefined) return () => Number(number)
    if (field !== undefined) {
      this.names.push(field)
      return ({ labels }) => labels.get(field) ?? ''
    }
    if (name === 'true' || name === 'false') return () => name === 'true'
    if (name !== undefined) {
      this.#word--
      return this.#bareFunction(name)
    }
    if (sign !== '(') throw new RegexError(`“${whole.trim()}” is not supported in a template.`)
    const value = this.#piped()
    if (this.#words[this.#word++]?.[5] !== ')')
      throw new RegexError('A bracket of the template is not closed.')
    return value
  }

  /** A function without arguments, as an argument itself: `__line__`. */
  #bareFunction(name: string): Value {
    if (!functionNames.has(name))
      throw new RegexError(`The function “${name}” is not supported in a template.`)
    this.#word++
    return (context) => templateFunctions[name]([], context)
  }
}

function trimmed(text: string, start: boolean, end: boolean): string {
  const from = start ? text.trimStart() : text
  return end ? from.trimEnd() : from
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    throw new RegexError(`${quoted} holds an escape that means nothing.`)
  }
}

function isTrue(value: TemplateValue): boolean {
  return value !== '' && value !== 0 && value !== false
}
