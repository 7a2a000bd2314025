/** What is being written at a place in a PromQL text, whether or not the rest of it is right. */

export type CompletionPlace =
  /** A metric, a function, an operator. */
  | { readonly kind: 'expression'; readonly from: number; readonly word: string }
  | { readonly kind: 'label'; readonly from: number; readonly metric: string }
  | { readonly kind: 'comparison'; readonly from: number }
  /** Inside quotes `from` is where they open. */
  | {
      readonly kind: 'value'
      readonly from: number
      readonly metric: string
      readonly label: string
      readonly isQuoted: boolean
    }
  /** Between the brackets after `by`, `on` and the like; labels of all metrics that are named. */
  | { readonly kind: 'grouping'; readonly from: number; readonly metrics: readonly string[] }
  | { readonly kind: 'range'; readonly from: number }
  | { readonly kind: 'none' }

interface Opening {
  readonly sign: string
  readonly at: number
}

/** What is open at the end of the text: the innermost bracket, a quote, a comment. */
function lookAround(text: string) {
  const open: Opening[] = []
  let quoteFrom = -1
  let isComment = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isComment) isComment = sign !== '\n'
    else if (quoteFrom >= 0) {
      if (sign === '\\' && text[quoteFrom] !== '`') at += 1
      else if (sign === text[quoteFrom]) quoteFrom = -1
    } else if (sign === '"' || sign === "'" || sign === '`') quoteFrom = at
    else if (sign === '#') isComment = true
    else if ('{(['.includes(sign)) open.push({ sign, at })
    else if ('})]'.includes(sign)) open.pop()
  }
  return { innermost: open.at(-1), quoteFrom, isComment }
}

const metricBefore = (text: string, brace: number): string =>
  /([A-Za-z_:][\w:]*)\s*$/.exec(text.slice(0, brace))?.[1] ?? ''

/** Names that are followed by no bracket of a call: metrics, as far as a look can tell. */
function metricsIn(text: string): readonly string[] {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`[^`]*`?/g, '').replace(/\{[^}]*\}?/g, '{')
  const names = [...bare.matchAll(/[A-Za-z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([name]) => name)
  return [...new Set(names)].filter(
    (name) => /[_:]/.test(name) && !/^(group_left|group_right|count_values)$/.test(name),
  )
}

function inBraces(text: string, brace: number, quoteFrom: number): CompletionPlace {
  const metric = metricBefore(text, brace)
  const written = text.slice(brace + 1, quoteFrom >= 0 ? quoteFrom : undefined)
  // The last matcher that is not whole yet; texts before it may hold commas.
  const rest = /(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[^,"'`])*$/.exec(written)?.[0] ?? ''
  const matcher = /^\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*$/.exec(rest)
  if (quoteFrom >= 0)
    return matcher
      ? { kind: 'value', from: quoteFrom, metric, label: matcher[1], isQuoted: true }
      : { kind: 'none' }
  const half = /^\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*(\w*)$/.exec(rest)
  if (half)
    return { kind: 'value', from: text.length - half[3].length, metric, label: half[1], isQuoted: false }
  if (/^\s*[A-Za-z_]\w*\s+$/.test(rest)) return { kind: 'comparison', from: text.length }
  const name = /^\s*([A-Za-z_]\w*)?$/.exec(rest)
  return name ? { kind: 'label', from: text.length - (name[1]?.length ?? 0), metric } : { kind: 'none' }
}

/** What is being written at `offset`. */
export function completionPlace(all: string, offset: number): CompletionPlace {
  const text = all.slice(0, offset)
  const { innermost, quoteFrom, isComment } = lookAround(text)
  if (isComment) return { kind: 'none' }
  if (innermost?.sign === '{') return inBraces(text, innermost.at, quoteFrom)
  if (quoteFrom >= 0) return { kind: 'none' }
  const word = /[A-Za-z_:][\w:]*$/.exec(text)?.[0] ?? ''
  const from = offset - word.length
  if (innermost?.sign === '[') {
    const range = /[\w.]*$/.exec(text)?.[0] ?? ''
    return { kind: 'range', from: offset - range.length }
  }
  if (
    innermost?.sign === '(' &&
    /\b(by|without|on|ignoring|group_left|group_right)\s*$/.test(text.slice(0, innermost.at))
  )
    return { kind: 'grouping', from, metrics: metricsIn(all) }
  // A number is being written, or its unit.
  if (/[\d.]\w*$/.test(text) && word === '') return { kind: 'none' }
  if (/\d$/.test(text.slice(0, from))) return { kind: 'none' }
  return { kind: 'expression', from, word }
}
