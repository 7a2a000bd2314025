/** A Chrome trace event in full; it says its process and thread by number, and their names by events of their own. */
import type { Attribute } from '#shared/trace/detail'
import { asObject, attributeOf } from './detail-values.ts'
import type { DocumentDetail } from './detail.ts'
import type { JsonObject, JsonValue } from './json-value.ts'

/** Decodes an event; `process` and `thread` are the events that name them. The parent is known by its place alone. */
export function chromeDetail(event: JsonObject, process: JsonValue, thread: JsonValue): DocumentDetail {
  return {
    parentSpanId: undefined,
    traceState: undefined,
    statusMessage: undefined,
    attributes: [
      ...Object.entries(asObject(event.args)).flatMap(([key, value]) => attributeOf(key, value)),
      ...attributeOf('category', event.cat),
    ],
    events: [],
    links: [],
    resource: [
      ...nameOf('service.name', process),
      ...attributeOf('process.pid', event.pid ?? asObject(process).pid),
      ...nameOf('thread.name', thread),
      ...attributeOf('thread.id', event.tid ?? asObject(thread).tid),
    ],
    scope: undefined,
    warnings: [],
    dropped: { attributes: 0, events: 0, links: 0 },
  }
}

function nameOf(key: string, metadata: JsonValue): Attribute[] {
  return attributeOf(key, asObject(asObject(metadata).args).name)
}
