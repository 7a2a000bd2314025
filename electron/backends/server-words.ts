/** What a server says when it does not give what was asked: found in plain text, in JSON, or in the title of a web page. */
import { withoutSecretsOf } from './blot.ts'
import type { SourceTarget } from './target.ts'

/** The server's own words in an answer's text; undefined when it says nothing, or shows a web page. */
export function serverWords(text: string, target: SourceTarget): string | undefined {
  if (isHtml(text)) return undefined
  const words = jsonWords(text) ?? text.trim()
  return words === '' ? undefined : withoutSecretsOf(target, words)
}

/** Our sentence with the title of the web page that came: quoted alone, "Test Page" would read as the server's complaint. */
export function withPageTitle(sentence: string, html: string, target: SourceTarget): string {
  const words = htmlTitle(html)
  if (words === undefined) return sentence
  const title = withoutSecretsOf(target, words)
  return `${sentence} It shows a page titled “${title.length > 120 ? `${title.slice(0, 119)}…` : title}”.`
}

/** Whether an answer's text is a web page. */
export function isHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<\?xml[^>]*>\s*<(!doctype )?html|<!--)/i.test(text)
}

/** The title of a web page, or else its first heading. */
export function htmlTitle(html: string): string | undefined {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1] ?? /<h1[^>]*>([^<]*)<\/h1>/i.exec(html)?.[1]
  const text = title
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text === undefined || text === '' ? undefined : text
}

/** The sentence inside an error object, in the shapes of Jaeger v1 and v3, Prometheus, Grafana, gRPC gateways and Spring (Zipkin). */
function jsonWords(text: string): string | undefined {
  if (!/^\s*[{["]/.test(text)) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Not JSON after all, or cut off: the text itself is the best there is.
    return undefined
  }
  return sentenceIn(value, 0)
}

function sentenceIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 3) return undefined
  if (Array.isArray(value)) {
    const sentences = value.map((item) => sentenceIn(item, depth + 1)).filter((item) => item !== undefined)
    return sentences.length === 0 ? undefined : sentences.join('; ')
  }
  const fields = value as Record<string, unknown>
  // `message` before `error`: Spring writes { error: "Not Found", message: "the reason" }.
  for (const key of ['message', 'msg', 'error', 'errors', 'detail', 'error_description', 'title']) {
    const found = sentenceIn(fields[key], depth + 1)
    if (found !== undefined && found !== '') return found
  }
  return undefined
}
