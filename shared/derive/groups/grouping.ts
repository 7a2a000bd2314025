/** Which group each span belongs to: by service, by operation (service and name), or by what it says under an attribute key. */
import type { AttributeColumn } from '#shared/derive/attribute-column'
import { SpanFlag, type Trace } from '#shared/trace/table'

export type GroupBy =
  | { readonly kind: 'service' }
  | { readonly kind: 'operation' }
  /** An empty key: none is chosen yet, and all spans are one group. */
  | { readonly kind: 'attribute'; readonly key: string }

export interface Grouping {
  readonly size: number
  /** Per row: its group; -1 for a missing row. */
  readonly groupOf: Int32Array
  /** Per group: ServiceIndex; -1 where the group is not of one service. */
  readonly service: Int32Array
  /** Per group: index into `Trace.names`; -1 where the group is not of one name. */
  readonly name: Int32Array
  /** Per group: index into the values of the column; -1 where nothing is said, or where it is not by attribute. */
  readonly value: Int32Array
}

/** `column`: of the key, where it is by attribute; spans that do not say it are the last group. Cost: one walk over the spans. */
export function groupSpans(trace: Trace, by: GroupBy, column: AttributeColumn | undefined): Grouping {
  if (by.kind === 'service') return byService(trace)
  if (by.kind === 'operation') return byOperation(trace)
  const { flags } = trace.spans
  const size = (column?.values.length ?? 0) + 1
  const groupOf = Int32Array.from(flags, (flag, row) => {
    if ((flag & SpanFlag.missing) !== 0) return -1
    const value = column?.valueOf[row] ?? -1
    return value < 0 ? size - 1 : value
  })
  const value = Int32Array.from({ length: size }, (_, group) => (group === size - 1 ? -1 : group))
  return { size, groupOf, service: nothing(size), name: nothing(size), value }
}

function byService({ spans, services }: Trace): Grouping {
  const size = services.length
  return {
    size,
    groupOf: Int32Array.from(spans.service, (service, row) =>
      (spans.flags[row] & SpanFlag.missing) === 0 ? service : -1,
    ),
    service: Int32Array.from({ length: size }, (_, service) => service),
    name: nothing(size),
    value: nothing(size),
  }
}

function byOperation({ spans, names }: Trace): Grouping {
  const groups = new Map<number, number>()
  const service: number[] = []
  const name: number[] = []
  const groupOf = new Int32Array(spans.length).fill(-1)
  for (let row = 0; row < spans.length; row++) {
    if ((spans.flags[row] & SpanFlag.missing) !== 0) continue
    // Exact in a double: there are not more services or names than spans.
    const both = spans.service[row] * names.length + spans.name[row]
    let group = groups.get(both)
    if (group === undefined) {
      group = service.length
      groups.set(both, group)
      service.push(spans.service[row])
      name.push(spans.name[row])
    }
    groupOf[row] = group
  }
  const size = service.length
  return {
    size,
    groupOf,
    service: Int32Array.from(service),
    name: Int32Array.from(name),
    value: nothing(size),
  }
}

const nothing = (size: number): Int32Array => new Int32Array(size).fill(-1)
