/** What is taken out of an investigation before it is saved: by what it looks like, or by the name it goes under. */
import { costlyPart } from '#shared/base/regex-cost'

/** One kind of thing. */
export interface RedactRule {
  readonly id: string
  /** What it is called on screen; in the file the values are `word-1`, `word-2`. */
  readonly label: string
  /** What the file says was taken out, where the label itself is what nobody else should see. */
  readonly saidAs?: string
  readonly word: string
  /** Parts of any text; the first group, where it has one, is what goes. Always global. */
  readonly pattern?: RegExp | undefined
  /** Names of attributes, labels and fields whose whole value goes. */
  readonly key?: RegExp | undefined
}

/** Begins with all of a name, however long: begun anew at each letter of it, a search for it would take for ever. */
const secretKey = String.raw`(?:[\w.-]*(?:passw(?:or)?d|pwd|passphrase|secrets?|token|(?:api|access|account|secret|private|signing|encryption)[-_.]?key|authorization|credentials?|signature|session[-_.]?id|jwt|cookie)(?:[-_.]?(?:hash|value))?|pass)`
const userKey = String.raw`(?:user(?:[-_.]?(?:name|id|full[-_.]?name))?|enduser[-_.]id|login|customer(?:[-_.]?(?:name|id))?)`

const hostKey = String.raw`(?:host(?:[-_.]?(?:name|id))?|net[-_.](?:peer|host)[-_.]name|(?:server|client)[-_.]address|k8s[-_.]node[-_.]name|node(?:name)?|instance)`

/** What a statement leaves for a value: `$1`, `${name}`, `?`, `%s`, `:name`. */
const placeholder = String.raw`\$\d|\$\{|\?(?!\w)|%[a-z]\b|%\(|:`

/** A value to the end of its quotes (also `\"`, of JSON within JSON), of its list or object, or of the word. */
const valueInText = [
  String.raw`"((?!")[^"\\]*(?:\\.[^"\\]*)*)|'((?!')[^'\\]*(?:\\.[^'\\]*)*)`,
  String.raw`\\+["']((?:[^\\"']|\\(?!\\{0,16}["']))+)`,
  String.raw`[[{]([^\]}]{1,1000})`,
  String.raw`(?:Digest|AWS4-HMAC-\w+)\s+([^\r\n]+)`,
  String.raw`(?:(?:Bearer|Basic|Token|ApiKey|Negotiate)\s+)?(?!${placeholder})([^\s"',;&}\])[{\\](?:[^\s"',;&}\])\\]|\\(?!["']))*)`,
].join('|')

/** `key=value` (also as queries compare, `key=~"value"`, and as addresses write it, `key%3Dvalue`) and `"key":"value"` within a text. */
const inText = (key: string): string =>
  String.raw`(?<!\w)${key}\\{0,16}["']?\s*(?:!?[=:]{1,2}[~>]?|%3[ad])\s*(?:${valueInText})`

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`

/** Offered; each is on or off as a person chooses. */
export const usualRules: readonly RedactRule[] = [
  {
    id: 'tokens',
    label: 'Passwords, tokens and keys',
    word: 'secret',
    pattern: new RegExp(
      [
        // JSON Web Tokens, and what well-known services call theirs.
        String.raw`\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*`,
        String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
        String.raw`\b(?:gh[pousr]|github_pat|xox[abprs]|sk|pk|rk|glpat)[-_][\w-]{16,}`,
        String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----([\s\S]*?)(?:-----END|$)`,
        // `name=value; other=value`.
        String.raw`\b(?:set-)?cookie\s*[:=]\s*([^\s;"'=]+=[^\s;"']*(?:;\s?[^\s;"']+)*)`,
        String.raw`\bBearer\s+([\w.~+/=-]{8,})`,
        String.raw`:\/\/[^\s:/@]*:([^\s/?#"'<>]+)@`,
        String.raw`(?<!\S)--?${secretKey}\s+([^\s"'-][^\s"']*)`,
        String.raw`<(?:[\w.-]+:)?${secretKey}>([^<]+)`,
        // What somebody types: a word alone is more likely one of a sentence.
        String.raw`\b(?:password|passwd|pwd|passphrase)\s+(?:is\s+|was\s+)?(?=[^\s"',;]{0,200}[\d!@#%^*])(?!${placeholder})([^\s"',;]{5,})`,
        String.raw`(?<!\S)(?:-u|--user|--proxy-user)\s+["']?(?!\d+:\d+\b)[^\s:"'/]{1,200}:([^\s"']+)`,
        String.raw`[?&](?:sig|hmac)=([^\s&#"'<>]+)`,
        inText(String.raw`(?<![\w.-])${secretKey}`),
      ].join('|'),
      'gi',
    ),
    key: new RegExp(`^${secretKey}$`, 'i'),
  },
  {
    id: 'emails',
    label: 'E-mail addresses',
    word: 'email',
    // From the beginning of a word only: begun anew at each letter of a long one, it takes minutes.
    pattern:
      /(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/giu,
  },
  {
    id: 'users',
    label: 'User names and ids',
    word: 'user',
    pattern: new RegExp(inText(userKey), 'gi'),
    key: new RegExp(String.raw`^(?:[\w.-]*[-_.])?${userKey}$`, 'i'),
  },
  {
    id: 'cards',
    label: 'Card and account numbers',
    word: 'number',
    // Thirteen digits are a time in milliseconds, sixteen and nineteen one in smaller units: only groups of four, and IBANs.
    pattern: /\b(?:\d{4}[ -]){3}\d{4}\b|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
  },
  {
    id: 'addresses',
    label: 'IP addresses',
    word: 'ip',
    pattern: new RegExp(
      String.raw`(?<![\w.]|(?:Chrome|Chromium|Version|Safari|Firefox|Edg|OPR)\/)(?:${octet}\.){3}${octet}(?![\w.]*\w)|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])`,
      'gi',
    ),
  },
  {
    id: 'hosts',
    label: 'Host names',
    word: 'host',
    pattern: new RegExp(inText(hostKey), 'gi'),
    key: new RegExp(`^${hostKey}$`, 'i'),
  },
]

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/**
 * A rule of a person's own: `/…/` is a regular expression for parts of texts, anything else the name of an attribute, and the text
 * itself wherever it stands. Undefined for what is neither, and for an
 * expression that may take for ever.
 */
export function ownRule(text: string): RedactRule | undefined {
  const wanted = text.trim()
  if (wanted === '') return undefined
  const base = { id: `own:${wanted}`, label: wanted, saidAs: 'Words of one’s own', word: 'redacted' }
  const expression = /^\/(.+)\/$/s.exec(wanted)?.[1]
  if (expression === undefined)
    return {
      ...base,
      key: new RegExp(`^${literal(wanted)}$`, 'i'),
      pattern: new RegExp(literal(wanted), 'g'),
    }
  if (costlyPart(expression) !== undefined) return undefined
  try {
    const pattern = new RegExp(expression, 'gu')
    return pattern.test('') ? undefined : { ...base, pattern: new RegExp(expression, 'gu') }
  } catch {
    return undefined
  }
}
