/** Links into other viewers, told apart by their paths and parameters: where a server runs says nothing of what it is. */
import { readGrafana } from './grafana-link'
import { readJaeger } from './jaeger-link'
import type { Link } from './link-parts'
import { rangeOf } from './link-time'
import type { Pasted, PastedTrace } from './pasted'
import { queryLink } from './query-link'
import { hexOfId } from './trace-ids'
import { readZipkin } from './zipkin-link'

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    // A stray percent sign: the text is then taken as it stands.
    if (cause instanceof URIError) return text
    throw cause
  }
}

/** The parts of a link, also of one without its host; undefined for what is none. What stands behind `#` is read like a query. */
function linkIn(text: string): Link | undefined {
  const scheme = /^([a-z][a-z0-9+.-]{1,20}):\/\/(?=\S+$)/i.exec(text)
  if (!scheme && !/^\/\S+$/.test(text)) return undefined
  const [beforeHash, ...afterHash] = (scheme ? text.slice(scheme[0].length) : text).split('#')
  const [path, ...query] = beforeHash.split('?')
  const pairs = [query.join('?'), ...afterHash.join('#').split('?').slice(1)]
    .flatMap((part) => part.replaceAll('+', ' ').split('&'))
    .filter((pair) => pair !== '')
    .map((pair): readonly [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    })
  const segments = path.split('/').map(decode)
  return {
    // Of a link of our own, `clew://trace/…`, what stands in the place of the host is the first word.
    segments: (scheme && scheme[1].toLowerCase() !== 'clew' ? segments.slice(1) : segments).filter(
      (segment) => segment !== '',
    ),
    get: (name) => pairs.find(([own]) => own === name)?.[1],
    all: (name) => pairs.filter(([own]) => own === name).map(([, value]) => value),
  }
}

const traceNames = ['traceId', 'traceID', 'traceid', 'trace_id', 'trace', 'cohort']
const spanNames = ['uiFind', 'spanId', 'spanID', 'spanid', 'span_id', 'span']
/** An id of fewer digits is rather a page number. */
const fewestDigits = 8

/** `…/trace/ID`, `…/traces/ID`, `…/trace/ID...ID` of two that are compared, or a parameter that names one. */
function readTraces({ segments, get, all }: Link): readonly PastedTrace[] {
  const at = segments.findLastIndex((segment) => /^traces?$/.test(segment))
  const named = [
    ...(at < 0 ? [] : (segments.at(at + 1)?.split('...') ?? [])),
    ...traceNames.flatMap((name) => all(name)),
    ...(at < 0 ? [] : all('id')),
  ].flatMap((text) => {
    const hex = text === '' ? undefined : hexOfId(text)
    return hex === undefined || hex.length < fewestDigits || /^0*$/.test(hex) ? [] : [hex.padStart(32, '0')]
  })
  const span = spanNames.flatMap((name) => all(name)).find((id) => /^[0-9a-f]{16}$/i.test(id))
  const range = rangeOf(get('start') ?? get('from'), get('end') ?? get('to'))
  const sources = all('source')
  return [...new Set(named)].map((traceId) => ({
    kind: 'trace',
    traceId,
    spanId: span?.toLowerCase(),
    range,
    ...(sources.length > 0 && { sources }),
    from: 'link',
    isSure: true,
  }))
}

/** Pages of our own, where everything they show is in the link; of a trace the sources may be another Clew's. */
const ownPage =
  /^(?:app:\/\/clew|https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?)(\/(?:overview|service|rules|traces|logs|metrics|map)\?\S+)$/

/** What a link asks for; empty for one that asks for nothing Clew knows, undefined for a text that is no link. */
export function readLink(text: string): readonly Pasted[] | undefined {
  const link = linkIn(text)
  if (!link) return undefined
  const [, href] = ownPage.exec(text) ?? []
  if (href !== undefined) return [{ kind: 'page', href, range: undefined }]
  const grafana = readGrafana(link)
  if (grafana) return grafana
  const traces = readTraces(link)
  if (traces.length > 0) return traces
  return queryLink(link) ?? readZipkin(link) ?? readJaeger(link) ?? []
}
