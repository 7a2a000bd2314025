/** Takes values out of JSON, and puts names in their place by which equal things stay equal. */
import type { RedactRule } from '#shared/investigation/redact-rules'

/** What was found of a rule. */
export interface Found {
  readonly rule: RedactRule
  /** How many different values. */
  readonly values: number
  /** How often they stand somewhere. */
  readonly places: number
  /** Some of them, with what stands there instead. */
  readonly examples: readonly { readonly value: string; readonly instead: string }[]
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

const mostExamples = 5
const longestExample = 80

/** Redacts one document after the other; a value that stands in several of them has the same name in all. */
export class Redaction {
  readonly #rules: readonly RedactRule[]
  /** By rule and value: what stands instead. */
  readonly #names = new Map<RedactRule, Map<string, string>>()
  readonly #places = new Map<RedactRule, number>()

  constructor(rules: readonly RedactRule[]) {
    this.#rules = rules
    for (const rule of rules) this.#names.set(rule, new Map())
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
        if (key !== undefined && name === 'value') return [name, this.#attribute(key, inner)]
        return [name, this.#under(name, inner)]
      }),
    )
  }

  /** A text without what the rules find in it. */
  text(text: string): string {
    let left = text.replaceAll(putSigns, '')
    for (const rule of this.#rules) if (rule.pattern) left = this.#parts(rule, rule.pattern, left)
    return left.replaceAll(putSigns, '')
  }

  found(): readonly Found[] {
    return this.#rules.map((rule) => {
      const names = [...(this.#names.get(rule) ?? [])]
      return {
        rule,
        values: names.length,
        places: this.#places.get(rule) ?? 0,
        examples: names.slice(0, mostExamples).map(([value, instead]) => ({
          value: value.slice(0, longestExample),
          instead,
        })),
      }
    })
  }

  /** A value under a name: of a label, or a field. */
  #under(name: string, value: unknown): unknown {
    if (kept.has(name)) return value
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
        if (part === undefined) return this.#put(rule, whole)
        // From the end: the value stands behind its key, which may look like it.
        const at = whole.lastIndexOf(part)
        return whole.slice(0, at) + this.#put(rule, part) + whole.slice(at + part.length)
      })
    } catch (cause) {
      if (cause instanceof RangeError) return this.#put(rule, text)
      throw cause
    }
  }

  /** All that a list or an object under a name holds goes, too. */
  #leaves(rule: RedactRule, value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') return this.#instead(rule, String(value))
    if (Array.isArray(value)) return value.map((one) => this.#leaves(rule, one))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#leaves(rule, inner)]))
  }

  /** The value of an attribute of OTLP: `{"stringValue": …}` and its kind. */
  #attribute(key: string, value: unknown): unknown {
    if (kept.has(key)) return value
    const rule = this.#ruleOf(key)
    if (!rule) return this.json(value)
    const [plain = value] = typeof value === 'object' && value !== null ? Object.values(value) : []
    const text = typeof plain === 'string' ? plain : JSON.stringify(plain ?? '')
    return text === '' ? value : { stringValue: this.#instead(rule, text) }
  }

  #ruleOf(name: string): RedactRule | undefined {
    return this.#rules.find(({ key }) => key?.test(name) === true)
  }

  /** Part of a text; what another rule put there stays. What only looks like it (`user-17`, `ip-10-0-0-1`) is somebody's own. */
  #put(rule: RedactRule, part: string): string {
    const isPut = part.startsWith(putFrom) && part.indexOf(putTo) === part.length - 1
    return isPut ? part : putFrom + this.#instead(rule, part.replaceAll(putSigns, '')) + putTo
  }

  #instead(rule: RedactRule, value: string): string {
    if (value === '') return value
    const names = this.#names.get(rule)
    this.#places.set(rule, (this.#places.get(rule) ?? 0) + 1)
    const known = names?.get(value)
    if (known !== undefined) return known
    const name = `${rule.word}-${(names?.size ?? 0) + 1}`
    names?.set(value, name)
    return name
  }
}

function attributeKey(value: object): string | undefined {
  return 'key' in value && typeof value.key === 'string' && 'value' in value ? value.key : undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
