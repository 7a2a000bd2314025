/** Everything an import says of a document, as text for golden files. */
import { TraceImport } from '#shared/import/index'
import { checkTrace } from '#shared/trace/check'
import type { Attribute, AttributeValue, SpanDetail } from '#shared/trace/detail'
import { dumpTrace } from '#shared/trace/dump'

/** Reads a document that comes in these chunks. */
export function importChunks(name: string, chunks: Iterable<Uint8Array>): TraceImport {
  return importDocument(name, chunks).into
}

/** Report, waterfalls and problems of everything in a document; throws when a trace breaks an invariant of table.ts. */
export function dumpDocument(name: string, chunks: Iterable<Uint8Array>): string {
  const { into, report } = importDocument(name, chunks)
  const lines = [`format ${report.format}`, `${report.spans} spans, ${report.bytes} bytes`]
  if (report.error !== undefined) {
    const { kind, message, advice, detail } = report.error
    lines.push(`error ${kind}: ${message}`, `  ${advice}`)
    if (detail !== undefined) lines.push(`  “${detail}”`)
  }
  for (const { kind, count, message } of report.problems) lines.push(`problem ${kind} ${count}: ${message}`)
  const summaries = into.summaries()
  for (const summary of summaries) {
    const trace = into.build(summary.traceId, { adjustSkew: true })
    if (trace === undefined) throw new Error(`no trace ${summary.traceId}`)
    const complaints = checkTrace(trace)
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
    lines.push('', `${summary.rootService}: ${summary.rootName}`, dumpTrace(trace).trimEnd())
  }
  return `${lines.join('\n')}\n`
}

function importDocument(name: string, chunks: Iterable<Uint8Array>) {
  const into = new TraceImport()
  const document = into.addDocument(name, true)
  for (const chunk of chunks) document.push(chunk)
  document.end()
  return { into, report: document.report }
}

/** The details of every span of every trace, without the raw text. */
export function dumpDetails(into: TraceImport): string {
  const lines: string[] = []
  for (const { traceId } of into.summaries()) {
    const trace = into.build(traceId, { adjustSkew: false })
    if (trace === undefined) throw new Error(`no trace ${traceId}`)
    for (let row = 0; row < trace.spans.length; row++) {
      lines.push(`${trace.services[trace.spans.service[row]]}: ${trace.names[trace.spans.name[row]]}`)
      lines.push(...detailLines(into.detail(trace, row)).map((line) => `  ${line}`))
    }
  }
  return `${lines.join('\n')}\n`
}

function detailLines(detail: SpanDetail): string[] {
  const lines = [`id ${detail.spanId}, parent ${detail.parentSpanId ?? 'none'}, start ${detail.startNs}`]
  if (detail.statusMessage !== undefined) lines.push(`status ${detail.statusMessage}`)
  if (detail.traceState !== undefined) lines.push(`state ${detail.traceState}`)
  lines.push(...attributeLines('', detail.attributes))
  for (const { name, timeNs, attributes } of detail.events) {
    lines.push(`event ${name} at ${timeNs}`, ...attributeLines('  ', attributes))
  }
  for (const { traceId, spanId, attributes } of detail.links) {
    lines.push(`link ${traceId} ${spanId}`, ...attributeLines('  ', attributes))
  }
  lines.push(...attributeLines('resource ', detail.resource))
  if (detail.scope !== undefined) {
    lines.push(
      `scope ${detail.scope.name} ${detail.scope.version}`,
      ...attributeLines('  ', detail.scope.attributes),
    )
  }
  for (const warning of detail.warnings) lines.push(`warning ${warning}`)
  const { attributes, events, links } = detail.dropped
  if (attributes + events + links > 0)
    lines.push(`dropped ${attributes} attributes, ${events} events, ${links} links`)
  return lines
}

function attributeLines(before: string, attributes: readonly Attribute[]): string[] {
  return attributes.map(({ key, value }) => `${before}${key} = ${valueText(value)}`).sort()
}

function valueText(value: AttributeValue): string {
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${valueText(inner)}`)
      .sort()
      .join(', ')}}`
  }
  return JSON.stringify(value)
}
