/** Draws a trace as text, for tests one can see. */
import { ArrivedSpans } from '#shared/trace/arrival'
import { buildTrace } from '#shared/trace/builder'
import { ByteStore } from '#shared/trace/byte-store'
import { type ScopeInfo, SpanFlag, SpanKind, type Trace } from '#shared/trace/table'

export interface DrawnTrace {
  readonly trace: Trace
  /** Holds each span as OTLP JSON, for details and for find. */
  readonly store: ByteStore
}

export interface DrawOptions {
  readonly adjustSkew?: boolean
  readonly traceId?: string
}

const EPOCH_SECONDS = 1_700_000_000
const LINE = /^( *)(\?|[^\s:][^:]*:)\s*(.*)$/
const TIMES = /^(.*?)\s+(-?[\d.]+)\.\.(-?[\d.]+)(?:\s+(.*))?$/
/** `key="some text"`, or any word. */
const WORD = /(?:[^\s="]+="[^"]*")|\S+/g

/**
 * A trace from lines of `service: name  start..end  words`, children indented below their parents, times in milliseconds:
 *
 * ```
 * frontend: GET /checkout   0..100  server http.route=/checkout
 *   cart: load              5..20   client error db.system=redis @12:exception
 *   ? lost
 *     stock: reserve       30..40   server
 * ```
 *
 * Words: a span kind, `error`, `ok`, `follows` (it follows from its parent), `untimed` (no times were recorded), `id=` and `parent=`
 * (hex; otherwise ids count lines from 1), `@ms:name` an event, `->id` a link, anything else with `=` an attribute (numbers and
 * true/false as such). A `?` line is a span that never arrived. `service#2` is a second process of the service.
 */
export function traceFromText(text: string, options: DrawOptions = {}): Trace {
  return drawTrace(text, options).trace
}

/** Like `traceFromText`, together with the bytes that the rows point at. */
export function drawTrace(text: string, options: DrawOptions = {}): DrawnTrace {
  const store = new ByteStore()
  const spans = new ArrivedSpans()
  const traceId = options.traceId ?? '0'.repeat(31) + '1'
  const names: string[] = []
  const services: string[] = []
  const scopes: ScopeInfo[] = []
  const scopeOf = new Map<string, number>()
  const above: { indent: number; id: string }[] = []
  let line = 0
  for (const raw of text.split('\n')) {
    if (raw.trim() === '') continue
    line++
    const match = LINE.exec(raw)
    if (match === null) throw new Error(`not a span: ${raw}`)
    const indent = match[1].length
    while (above.length > 0 && above[above.length - 1].indent >= indent) above.pop()
    if (match[2] === '?') {
      above.push({ indent, id: idText(line.toString(16)) })
      continue
    }
    const times = TIMES.exec(match[3])
    if (times === null) throw new Error(`no start..end: ${raw}`)
    const words = parseWords(times[4] ?? '')
    const id = idText(words.id ?? line.toString(16))
    const parentId = words.parent === undefined ? above.at(-1)?.id : idText(words.parent)
    above.push({ indent, id })

    const process = match[2].slice(0, -1)
    let scope = scopeOf.get(process)
    if (scope === undefined) {
      scope = scopes.length
      scopeOf.set(process, scope)
      scopes.push(addScope(store, process, services))
    }
    const startNs = Math.round(Number(times[2]) * 1e6)
    const endNs = Math.round(Number(times[3]) * 1e6)
    const row = spans.add()
    spans.idHigh[row] = Number.parseInt(id.slice(0, 8), 16)
    spans.idLow[row] = Number.parseInt(id.slice(8), 16)
    if (parentId !== undefined) {
      spans.parentHigh[row] = Number.parseInt(parentId.slice(0, 8), 16)
      spans.parentLow[row] = Number.parseInt(parentId.slice(8), 16)
    }
    const seconds = Math.floor(startNs / 1e9)
    spans.startSeconds[row] = words.untimed ? Number.NaN : EPOCH_SECONDS + seconds
    spans.startNanos[row] = words.untimed ? 0 : startNs - seconds * 1e9
    spans.duration[row] = words.untimed ? Number.NaN : endNs - startNs
    spans.name[row] = indexOf(names, times[1].trim())
    spans.scope[row] = scope
    spans.kind[row] = words.kind
    spans.flags[row] = words.flags
    spans.linkCount[row] = words.links.length
    for (const event of words.events) spans.addEvent(event.ms * 1e6 - startNs)
    const bytes = new TextEncoder().encode(
      spanJson({ traceId, id, parentId, name: times[1].trim(), startNs, endNs, words }),
    )
    spans.byteStart[row] = store.append(bytes)
    spans.byteLength[row] = bytes.length
  }
  const rows = Int32Array.from({ length: spans.length }, (_, row) => row)
  const parts = { traceId, spans, rows, names, services, scopes, problems: [] }
  return { trace: buildTrace(parts, { adjustSkew: options.adjustSkew ?? true }), store }
}

interface Words {
  id: string | undefined
  parent: string | undefined
  kind: number
  flags: number
  untimed: boolean
  readonly events: { ms: number; name: string }[]
  readonly links: string[]
  readonly attributes: { key: string; value: string }[]
}

function parseWords(text: string): Words {
  const words: Words = {
    id: undefined,
    parent: undefined,
    kind: SpanKind.unspecified,
    flags: 0,
    untimed: false,
    events: [],
    links: [],
    attributes: [],
  }
  for (const [word] of text.matchAll(WORD)) {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(word) ?? []
    if (word.startsWith('@')) {
      const [ms, name] = word.slice(1).split(':')
      words.events.push({ ms: Number(ms), name: name ?? 'event' })
      if (name === 'exception') words.flags |= SpanFlag.exception
    } else if (word.startsWith('->')) words.links.push(idText(word.slice(2)))
    else if (key === 'id') words.id = value
    else if (key === 'parent') words.parent = value
    else if (key !== undefined) {
      words.attributes.push({ key, value: value.replace(/^"(.*)"$/, '$1') })
      if (key.startsWith('db.')) words.flags |= SpanFlag.database
      if (key.startsWith('messaging.')) words.flags |= SpanFlag.messaging
    } else if (word in SpanKind) words.kind = SpanKind[word as keyof typeof SpanKind]
    else if (word === 'error') words.flags |= SpanFlag.error
    else if (word === 'ok') words.flags |= SpanFlag.ok
    else if (word === 'follows') words.flags |= SpanFlag.followsFrom
    else if (word === 'untimed') words.untimed = true
    else throw new Error(`unknown word: ${word}`)
  }
  return words
}

function addScope(store: ByteStore, process: string, services: string[]): ScopeInfo {
  const [service, instance] = process.split('#')
  const attributes = [attributeJson({ key: 'service.name', value: service })]
  if (instance !== undefined) attributes.push(attributeJson({ key: 'service.instance.id', value: instance }))
  const bytes = new TextEncoder().encode(`{"attributes":[${attributes.join()}]}`)
  const start = store.append(bytes)
  return {
    service: indexOf(services, service),
    format: 'otlp-json',
    document: 0,
    resource: { start, end: start + bytes.length },
    scope: undefined,
  }
}

function spanJson(span: {
  readonly traceId: string
  readonly id: string
  readonly parentId: string | undefined
  readonly name: string
  readonly startNs: number
  readonly endNs: number
  readonly words: Words
}): string {
  const { words } = span
  const fields = [`"traceId":"${span.traceId}"`, `"spanId":"${span.id}"`]
  if (span.parentId !== undefined) fields.push(`"parentSpanId":"${span.parentId}"`)
  fields.push(`"name":${JSON.stringify(span.name)}`, `"kind":${words.kind}`)
  if (!words.untimed) {
    fields.push(
      `"startTimeUnixNano":"${unixNano(span.startNs)}"`,
      `"endTimeUnixNano":"${unixNano(span.endNs)}"`,
    )
  }
  fields.push(`"attributes":[${words.attributes.map(attributeJson).join()}]`)
  const events = words.events.map(
    ({ ms, name }) => `{"timeUnixNano":"${unixNano(ms * 1e6)}","name":"${name}"}`,
  )
  fields.push(`"events":[${events.join()}]`)
  fields.push(`"links":[${words.links.map((id) => `{"traceId":"${span.traceId}","spanId":"${id}"}`).join()}]`)
  const code = (words.flags & SpanFlag.error) !== 0 ? 2 : (words.flags & SpanFlag.ok) !== 0 ? 1 : 0
  if (code !== 0) fields.push(`"status":{"code":${code}}`)
  return `{${fields.join()}}`
}

function unixNano(ns: number): string {
  return String(BigInt(EPOCH_SECONDS) * 1_000_000_000n + BigInt(Math.round(ns)))
}

function attributeJson({ key, value }: { readonly key: string; readonly value: string }): string {
  const json = /^-?\d+$/.test(value)
    ? `{"intValue":"${value}"}`
    : /^-?\d+\.\d+$/.test(value)
      ? `{"doubleValue":${value}}`
      : value === 'true' || value === 'false'
        ? `{"boolValue":${value}}`
        : `{"stringValue":${JSON.stringify(value)}}`
  return `{"key":${JSON.stringify(key)},"value":${json}}`
}

function indexOf(list: string[], text: string): number {
  const index = list.indexOf(text)
  return index >= 0 ? index : list.push(text) - 1
}

function idText(hex: string): string {
  return hex.padStart(16, '0')
}
