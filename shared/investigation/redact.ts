/** Takes values out of JSON, and puts names in their place by which equal things stay equal. */
import { cutText } from '#shared/base/cut-text'
import { getOrSet } from '#shared/base/get-or-set'
import type { RedactRule } from '#shared/investigation/redact-rules'

/** What was found of a rule. */
export interface Found {
  readonly rule: RedactRule
  /** How many different values. */
  readonly values: number
  /** How often they stand somewhere. */
  readonly places: number
  /** How many of the values go only where they stand under their name: short numbers and common words would be anything's in a text, and so would words of a sentence. */
  readonly underName: number
  /** Each, with what stands there instead; long ones are cut. */
  readonly names: readonly { readonly value: string; readonly instead: string }[]
}

/** Ids and times lead from one signal to another, and say nothing of anybody. */
const kept: ReadonlySet<string> = new Set([
  'traceId',
  'spanId',
  'parentSpanId',
  'trace_id',
  'span_id',
  'timeUnixNano',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'observedTimeUnixNano',
  // How the document is read.
  'loki.resource.labels',
  '__name__',
  'le',
])

/** Around what was put into a text while the rules after it look at it. They are no characters of any text (U+FDD0, U+FDD1). */
const putFrom = '\uFDD0'
const putTo = '\uFDD1'
const putSigns = /[\uFDD0\uFDD1]/g

const longestName = 80

/** Redacts one document after the other; a value that stands in several of them has the same name in all. */
export class Redaction {
  readonly #rules: readonly RedactRule[]
  /** By value: what stands instead, whichever rule finds it; equal things stay equal. */
  readonly #given = new Map<string, string>()
  /** How many values have a name of each word: several rules may have the same, and different things stay different. */
  readonly #numbers = new Map<string, number>()
  /** The same by rule, of what that found. */
  readonly #names = new Map<RedactRule, Map<string, string>>()
  readonly #places = new Map<RedactRule, number>()
  readonly #services = new Set<string>()
  /** Values that were found by the name they stand under, be it that of an attribute or one in a text, and by what rule. */
  readonly #named = new Map<string, RedactRule>()
  #everywhere: FindWords | undefined

  constructor(rules: readonly RedactRule[]) {
    this.#rules = rules
    for (const rule of rules) this.#names.set(rule, new Map())
  }

  /**
   * From here on what was found under a name goes wherever it stands: the user of one attribute is also in an address, a statement, the
   * text of a line. Documents are looked through once before, and are redacted after. Counts begin anew.
   */
  spread(): void {
    const named = [...this.#named].filter(([value]) => isTelling(value) && !this.#services.has(value))
    this.#everywhere = findWords(new Map(named))
    this.#places.clear()
    this.#given.clear()
    this.#numbers.clear()
    for (const names of this.#names.values()) names.clear()
  }

  /** The same value without what the rules find. Bounded by the depth of JSON that was parsed. */
  json(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((one, at) => this.#inList(value[at - 1], one))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const key = attributeKey(value)
    return Object.fromEntries(
      entries.map(([name, inner]): [string, unknown] => {
        // What an attribute is called is no value: renamed, two of them would be one.
        if (key !== undefined && name === 'key') return [name, inner]
        if (key !== undefined && name === 'value') return [name, this.#attribute(key, inner)]
        return [name, this.#under(name, inner)]
      }),
    )
  }

  /** A text without what the rules find in it. */
  text(text: string): string {
    let left = text.replaceAll(putSigns, '')
    for (const rule of this.#rules) if (rule.pattern) left = this.#parts(rule, rule.pattern, left)
    const everywhere = this.#everywhere
    if (everywhere && !/^\d*$/.test(left))
      left = left
        .split(/(\uFDD0[^\uFDD1]*\uFDD1)/)
        // What was put there stays.
        .map((part, at) =>
          at % 2 === 1 ? part : everywhere(part, (rule, word) => this.#instead(rule, word)),
        )
        .join('')
    return left.replaceAll(putSigns, '')
  }

  found(): readonly Found[] {
    return this.#rules.map((rule) => {
      const names = [...(this.#names.get(rule) ?? [])]
      return {
        rule,
        values: names.length,
        places: this.#places.get(rule) ?? 0,
        underName: rule.key
          ? names.filter(([value]) => !isTelling(value) || !this.#named.has(value)).length
          : 0,
        names: names.map(([value, instead]) => ({ value: cutText(value, longestName), instead })),
      }
    })
  }

  /** A value under a name: of a label, or a field. */
  #under(name: string, value: unknown): unknown {
    if (kept.has(name)) return value
    if (serviceKey.test(name) && typeof value === 'string') this.#services.add(value)
    const rule = this.#ruleOf(name)
    return rule ? this.#leaves(rule, value) : this.json(value)
  }

  /** One of a list; of the words of a command, `--password` says what the next one is. */
  #inList(before: unknown, one: unknown): unknown {
    const word = isRecord(before) ? before['stringValue'] : before
    const option = typeof word === 'string' ? /^--?([\w.-]+)$/.exec(word)?.[1] : undefined
    const rule = option === undefined ? undefined : this.#ruleOf(option)
    if (!rule && typeof word === 'string' && /^(?:-u|--user|--proxy-user)$/.test(word))
      return this.#behind(word, one)
    return rule && !(isRecord(one) && 'key' in one) ? this.#leaves(rule, one) : this.json(one)
  }

  /** A word of a command, by what its option says of it. */
  #behind(option: string, one: unknown): unknown {
    if (isRecord(one)) return { ...one, stringValue: this.#behind(option, one['stringValue']) }
    return typeof one === 'string' ? this.text(`${option} ${one}`).slice(option.length + 1) : one
  }

  /** A text without the parts of it that a rule finds. One that is too long to be looked through (ten million letters without a blank) goes as a whole. */
  #parts(rule: RedactRule, pattern: RegExp, text: string): string {
    try {
      return text.replaceAll(pattern, (whole: string, ...rest: unknown[]) => {
        const groups = rest.slice(
          0,
          rest.findIndex((one) => typeof one === 'number'),
        )
        const part = groups.find((one) => typeof one === 'string')
        if (part === undefined) return this.#put(rule, whole, [whole])
        // From the end: the value stands behind its key, which may look like it.
        const at = whole.lastIndexOf(part)
        const before = whole.slice(0, at)
        return before + this.#put(rule, part, namedIn(rule, before, part)) + whole.slice(at + part.length)
      })
    } catch (cause) {
      if (cause instanceof RangeError) return this.#put(rule, text, [])
      throw cause
    }
  }

  /** All that a list or an object under a name holds goes, too. */
  #leaves(rule: RedactRule, value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') return this.#underName(rule, String(value))
    if (Array.isArray(value)) return value.map((one) => this.#leaves(rule, one))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#leaves(rule, inner)]))
  }

  /** The value of an attribute of OTLP: `{"stringValue": …}` and its kind. */
  #attribute(key: string, value: unknown): unknown {
    if (kept.has(key)) return value
    const [plain = value] = typeof value === 'object' && value !== null ? Object.values(value) : []
    if (serviceKey.test(key) && typeof plain === 'string') this.#services.add(plain)
    const rule = this.#ruleOf(key)
    if (!rule) return this.json(value)
    const text = typeof plain === 'string' ? plain : JSON.stringify(plain ?? '')
    return text === '' ? value : { stringValue: this.#underName(rule, text) }
  }

  #ruleOf(name: string): RedactRule | undefined {
    return this.#rules.find(({ key }) => key?.test(name) === true)
  }

  /**
   * Part of a text, and what it names that is sought elsewhere; what another rule put there stays. What only looks like it (`user-17`,
   * `ip-10-0-0-1`) is somebody's own.
   */
  #put(rule: RedactRule, part: string, named: readonly string[]): string {
    const isPut = part.startsWith(putFrom) && part.indexOf(putTo) === part.length - 1
    if (isPut) return part
    if (rule.key) for (const value of named) this.#named.set(value.replaceAll(putSigns, ''), rule)
    return putFrom + this.#instead(rule, part.replaceAll(putSigns, '')) + putTo
  }

  #underName(rule: RedactRule, value: string): string {
    // A host that is called like its service: hidden here only, it would be told from itself elsewhere.
    if (this.#everywhere && this.#services.has(value)) return value
    this.#named.set(value, rule)
    return this.#instead(rule, value)
  }

  #instead(rule: RedactRule, value: string): string {
    if (value === '') return value
    this.#places.set(rule, (this.#places.get(rule) ?? 0) + 1)
    const name = getOrSet(this.#given, value, () => {
      const number = (this.#numbers.get(rule.word) ?? 0) + 1
      this.#numbers.set(rule.word, number)
      return `${rule.word}-${number}`
    })
    this.#names.get(rule)?.set(value, name)
    return name
  }
}

/** What a service is called stands everywhere by its own right. */
const serviceKey = /^(?:peer[._])?service(?:[._]name)?$/i

/** What is said under many names, and tells of nobody. */
const sayingNothing =
  /^(?:true|false|yes|none|null|nil|undefined|unknown|anonymous|guest|default|nobody|user(?:[._]?(?:name|id))?|system|root|admin|postgres|mysql|redis|localhost|success|failed|failure|invalid|expired|missing|required|denied|(?:\d{0,5}|.{0,2}))$/i

const longestSpread = 200
const isTelling = (value: string): boolean => value.length <= longestSpread && !sayingNothing.test(value)

/** `user=ada`, `"user":"ada"`, `user%3Dada`, `<user>ada`: as data are written. `login: failed` and `user_id = owner` are as sentences and statements are. */
const asData = /(?:\S=|%3d|["'[{>])$/i

/** One of a list, or a field of an object with its name. */
const item = /^[\s"'\\{[]*(?:([\w.-]+)["'\\]*\s*[:=][\s"'\\]*)?([^"'\\]+)/

/**
 * What a value in a text names, by what stands before it: itself, each of its list, and of an object what stands under names such as
 * `user.name`. A sentence names only what has a digit.
 */
function namedIn({ key }: RedactRule, before: string, part: string): readonly string[] {
  if (!asData.test(before)) return /\d/.test(part) ? [part] : []
  if (!/[[{]$/.test(before)) return [part]
  const outer = /^[\w.-]*/.exec(before)?.[0] ?? ''
  const items = part.split(',').flatMap((one) => {
    const [, name, value] = item.exec(one) ?? []
    const isNamed = name === undefined ? before.endsWith('[') : key?.test(`${outer}.${name}`)
    return isNamed && value !== undefined ? [value] : []
  })
  return [part, ...items]
}

/** A text, and what to put instead of a word that was found in it by a rule. */
type FindWords = (text: string, instead: (rule: RedactRule, word: string) => string) => string

const words = /[\p{L}\p{N}_]+/gu
const wholeWords = /^[\p{L}\p{N}_](?:.*[\p{L}\p{N}_])?$/su

/**
 * Finds values where they stand as whole words, whatever is before and after: `u-17` in `/carts/u-17?x`, not in `u-178`. Cost: the words of
 * the text, times the most words of a value that begins with the same one; however many values there are.
 */
function findWords(values: ReadonlyMap<string, RedactRule>): FindWords {
  /** By its first word: how many words the longest value has. */
  const mostWords = new Map<string, number>()
  for (const value of values.keys()) {
    if (!wholeWords.test(value)) continue
    const all = value.match(words) ?? []
    const [first = ''] = all
    mostWords.set(first, Math.max(mostWords.get(first) ?? 0, all.length))
  }
  return (text, instead) => {
    if (mostWords.size === 0) return text
    // Most texts hold none: their words alone take half the time of words with their places.
    if (text.match(words)?.some((word) => mostWords.has(word)) !== true) return text
    const found = [...text.matchAll(words)]
    let result = ''
    let done = 0
    for (let at = 0; at < found.length; at++) {
      const { 0: first, index: start } = found[at]
      const most = Math.min(found.length - at, mostWords.get(first) ?? 0)
      for (let last = at + most - 1; last >= at; last--) {
        const { 0: end, index } = found[last]
        const value = text.slice(start, index + end.length)
        const rule = values.get(value)
        if (!rule) continue
        result += text.slice(done, start) + instead(rule, value)
        done = start + value.length
        at = last
        break
      }
    }
    return result + text.slice(done)
  }
}

function attributeKey(value: object): string | undefined {
  return 'key' in value && typeof value.key === 'string' && 'value' in value ? value.key : undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
