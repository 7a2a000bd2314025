/** Goes through a text of JSON as Loki's reader does: leniently, field by field, until something is wrong. */

export type JsonKind = 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object'

/** A value: `raw` is as it stands, without quotes. */
export interface JsonValue {
  readonly kind: JsonKind
  readonly raw: string
  /** The index behind it. */
  readonly end: number
}

/** The text stops being JSON. */
export class JsonError extends Error {}

const blanks = /[ \t\r\n]*/y
const bareEnd = /[ \t\r\n,\]}]/g

function skipBlanks(text: string, at: number): number {
  blanks.lastIndex = at
  blanks.test(text)
  return blanks.lastIndex
}

/** Calls with every field of an object in order, and stops where it answers true. What follows the object is not looked at. */
export function eachField(text: string, visit: (key: string, value: JsonValue) => boolean | void): boolean {
  let at = skipBlanks(text, 0)
  if (text[at] !== '{') throw new JsonError('an object was expected')
  at = skipBlanks(text, at + 1)
  if (text[at] === '}') return false
  for (;;) {
    if (text[at] === '}') return false
    if (text[at] !== '"') throw new JsonError('a key was expected')
    const keyEnd = textEnd(text, at + 1)
    const key = unescape(text.slice(at + 1, keyEnd - 1))
    if (key === undefined) throw new JsonError('a key holds an escape that means nothing')
    at = skipBlanks(text, keyEnd)
    if (text[at] !== ':') throw new JsonError('a colon was expected')
    const value = valueAt(text, at + 1)
    if (visit(key, value) === true) return true
    at = skipBlanks(text, value.end)
    if (text[at] === '}') return false
    if (text[at] !== ',') throw new JsonError('a comma was expected')
    at = skipBlanks(text, at + 1)
  }
}

/** The value at the end of a path of keys and `[0]`; undefined where there is none. What follows it is not looked at. */
export function valueUnder(text: string, path: readonly string[]): JsonValue | undefined {
  const [step, ...rest] = path
  const first = text[skipBlanks(text, 0)]
  let found: JsonValue | undefined
  if (step.startsWith('[')) found = first === '[' ? itemOf(text, Number(step.slice(1, -1))) : undefined
  else if (first === '{')
    eachField(text, (key, value) => {
      if (key === step) found = value
      return found !== undefined
    })
  return rest.length === 0 || found === undefined ? found : valueUnder(found.raw, rest)
}

function itemOf(list: string, wanted: number): JsonValue | undefined {
  let at = skipBlanks(list, list.indexOf('[') + 1)
  for (let item = 0; list[at] !== ']'; item++) {
    const value = valueAt(list, at)
    if (item === wanted) return value
    at = skipBlanks(list, value.end)
    if (list[at] === ']') return undefined
    if (list[at] !== ',') throw new JsonError('a comma was expected')
    at += 1
  }
  return undefined
}

function valueAt(text: string, from: number): JsonValue {
  const at = skipBlanks(text, from)
  const first = text[at]
  if (first === '"') {
    const end = textEnd(text, at + 1)
    return { kind: 'text', raw: text.slice(at + 1, end - 1), end }
  }
  if (first === '{' || first === '[') {
    const end = blockEnd(text, at)
    return { kind: first === '{' ? 'object' : 'list', raw: text.slice(at, end), end }
  }
  bareEnd.lastIndex = at
  const end = bareEnd.test(text) ? bareEnd.lastIndex - 1 : text.length
  const raw = text.slice(at, end)
  if (raw === 'true' || raw === 'false') return { kind: 'boolean', raw, end }
  if (raw === 'null') return { kind: 'null', raw, end }
  if (/^[-\d]/u.test(raw)) return { kind: 'number', raw, end }
  throw new JsonError('a value was expected')
}

/** Behind the closing quote. */
function textEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text[at - 1 - slashes] === '\\' && at - 1 - slashes >= from) slashes++
    if (slashes % 2 === 0) return at + 1
  }
  throw new JsonError('a text does not end')
}

/** Behind the bracket that closes the one at `from`. */
function blockEnd(text: string, from: number): number {
  const open = text[from]
  const close = open === '{' ? '}' : ']'
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = textEnd(text, at + 1) - 1
    else if (character === open) depth++
    else if (character === close && --depth === 0) return at + 1
  }
  throw new JsonError('an object or a list does not end')
}

const letters: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** A raw text without its escapes; undefined where one means nothing. */
export function unescape(raw: string): string | undefined {
  if (!raw.includes('\\')) return raw
  let isUnderstood = true
  const text = raw.replace(/\\(?:u([\dA-Fa-f]{4})|([^]?))/gu, (_, code?: string, letter = '') => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    if (!Object.hasOwn(letters, letter)) isUnderstood = false
    return letters[letter] ?? ''
  })
  return isUnderstood ? text : undefined
}
