/** Tables of the spans of one trace by groups: grouped, measured and sorted here, so that the page only draws what is in view. */
import type { AttributeColumn } from '#shared/derive/attribute-column'
import { csvLine } from '#shared/derive/groups/csv'
import { type GroupBy, groupSpans, type Grouping } from '#shared/derive/groups/grouping'
import { type GroupMeasures, measureGroups } from '#shared/derive/groups/measure'
import { groupColumns, orderGroups, orderSpans } from '#shared/derive/groups/order'
import { rowOfSpanId } from '#shared/derive/span-ids'
import { textAt, type TextList } from '#shared/base/text-list'
import type { Trace } from '#shared/trace/table'
import type { Attributes } from './attributes'
import { type Environment, Pace } from './environment'
import type { Event, OpenGroup, SpanTableAnswer, SpanTableQuestion, TableProgress } from './messages'

/** Groups as they were measured last: another order, or a group opened, measures nothing again. */
interface Measured {
  readonly by: GroupBy
  readonly included: Uint8Array | undefined
  readonly grouping: Grouping
  readonly measures: GroupMeasures
  readonly labels: TextList | undefined
}

/** Somebody is waiting: how far it is, so often. */
const progressEveryMs = 100

/** Lines of a CSV put together before they become bytes. */
const linesAtOnce = 5_000

export class SpanTables {
  readonly #trace: Trace
  readonly #attributes: Attributes
  readonly #environment: Environment
  #measured: Measured | undefined

  constructor(trace: Trace, attributes: Attributes, environment: Environment) {
    this.#trace = trace
    this.#attributes = attributes
    this.#environment = environment
  }

  async answer(
    question: SpanTableQuestion,
    signal: AbortSignal,
    send: (event: Event) => void,
  ): Promise<SpanTableAnswer> {
    const tell = this.#teller(send)
    const measured = await this.#measure(question, signal, tell)
    const { grouping, measures, labels } = measured
    const order = await this.#order(measured, question, signal, tell)
    const { spans } = this.#trace
    const place = new Int32Array(grouping.size).fill(-1)
    for (const [at, group] of order.entries()) place[group] = at
    const open: OpenGroup[] = []
    const seen = new Set<number>()
    let spanCount = 0
    let largestNs = 0
    for (const group of order) {
      spanCount += measures.count[group]
      largestNs = Math.max(largestNs, measures.total[group])
    }
    for (const id of question.open) {
      const row = rowOfSpanId(spans, id)
      const group = row < 0 ? -1 : grouping.groupOf[row]
      if (group < 0 || place[group] < 0 || seen.has(group)) continue
      seen.add(group)
      const rows = measures.rows.subarray(measures.start[group], measures.start[group + 1])
      open.push({ at: place[group], rows: this.#ints(orderSpans(spans, rows, question.sort)) })
    }
    const ints = (values: Int32Array) => this.#ints(order.map((group) => values[group]))
    const numbers = (values: Float64Array) => this.#numbers(order, values)
    const groupAt = this.#ints(grouping.groupOf)
    for (let row = 0; row < groupAt.length; row++) if (groupAt[row] >= 0) groupAt[row] = place[groupAt[row]]
    return {
      length: order.length,
      spanCount,
      largestNs,
      service: ints(grouping.service),
      name: ints(grouping.name),
      value: ints(grouping.value),
      first: this.#ints(order.map((group) => measures.rows[measures.start[group]])),
      count: ints(measures.count),
      errors: ints(measures.errors),
      total: numbers(measures.total),
      self: numbers(measures.self),
      p50: numbers(measures.p50),
      p95: numbers(measures.p95),
      p99: numbers(measures.p99),
      max: numbers(measures.max),
      labels,
      groupAt,
      open: open.sort((a, b) => a.at - b.at),
    }
  }

  /** The groups as comma-separated values, in order; times in milliseconds, to the nanosecond. */
  async csv(question: SpanTableQuestion, signal: AbortSignal, send: (event: Event) => void): Promise<Blob> {
    const tell = this.#teller(send)
    const measured = await this.#measure(question, signal, tell)
    const { grouping, measures, labels } = measured
    const { services, names } = this.#trace
    const { by } = question
    const heads = by.kind === 'operation' ? ['service', 'name'] : [by.kind === 'service' ? 'service' : by.key]
    const figures = groupColumns.filter((column) => column !== 'name')
    const pace = new Pace(this.#environment)
    const parts: string[] = []
    let lines = [csvLine([...heads, ...figures.map((one) => (isTime(one) ? `${one}_ms` : one))])]
    const order = await this.#order(measured, question, signal, tell)
    for (const [at, group] of order.entries()) {
      const label =
        by.kind === 'attribute'
          ? [labels === undefined ? '' : textAt(labels, grouping.value[group])]
          : [
              services[grouping.service[group]],
              ...(by.kind === 'operation' ? [names[grouping.name[group]]] : []),
            ]
      const cells = figures.map((one) => (isTime(one) ? measures[one][group] / 1e6 : measures[one][group]))
      lines.push(csvLine([...label, ...cells]))
      if (lines.length < linesAtOnce) continue
      parts.push(lines.join(''))
      lines = []
      await pace.rest(signal)
      tell({ step: 'writing', done: at + 1, of: order.length })
    }
    return new Blob([...parts, lines.join('')], { type: 'text/csv' })
  }

  async #measure(
    { by, included }: SpanTableQuestion,
    signal: AbortSignal,
    tell: (progress: TableProgress) => void,
  ): Promise<Measured> {
    const known = this.#measured
    if (known !== undefined && sameBy(known.by, by) && sameMask(known.included, included)) return known
    const column: AttributeColumn | undefined =
      by.kind === 'attribute' && by.key !== ''
        ? await this.#attributes.column(by.key, signal, (done) =>
            tell({ step: 'reading', done, of: this.#trace.spans.length }),
          )
        : undefined
    const grouping = groupSpans(this.#trace, by, column)
    const steps = measureGroups(this.#trace.spans, grouping, included)
    const measures = await this.#finish(steps, signal, tell)
    const labels = column && this.#texts(column.values)
    this.#measured = { by, included, grouping, measures, labels }
    return this.#measured
  }

  #order(
    { by, grouping, measures, labels }: Measured,
    { sort, filter }: SpanTableQuestion,
    signal: AbortSignal,
    tell: (progress: TableProgress) => void,
  ): Promise<Int32Array> {
    const { services, names } = this.#trace
    const nameOf = (group: number): string => {
      if (by.kind === 'attribute') return labels === undefined ? '' : textAt(labels, grouping.value[group])
      const service = services[grouping.service[group]]
      return by.kind === 'service' ? service : `${service} ${names[grouping.name[group]]}`
    }
    return this.#finish(orderGroups(measures, nameOf, sort, filter), signal, tell)
  }

  async #finish<Result>(
    steps: Generator<undefined, Result>,
    signal: AbortSignal,
    tell: (progress: TableProgress) => void,
  ): Promise<Result> {
    const pace = new Pace(this.#environment)
    for (;;) {
      await pace.rest(signal)
      const step = steps.next()
      if (step.done === true) return step.value
      tell({ step: 'measuring', done: 0, of: 0 })
    }
  }

  /** Passes on how far it is, seldom enough to be read. */
  #teller(send: (event: Event) => void): (progress: TableProgress) => void {
    let tellAt = this.#environment.now() + progressEveryMs
    return (progress) => {
      if (this.#environment.now() < tellAt) return
      tellAt = this.#environment.now() + progressEveryMs
      send({ kind: 'table-progress', progress })
    }
  }

  /** A million values are 60 MB, which the page must not copy. */
  #texts({ length, bytes, ends }: TextList): TextList {
    const shared = new Uint8Array(this.#environment.allocate(bytes.length))
    shared.set(bytes)
    const sharedEnds = new Float64Array(this.#environment.allocate(ends.byteLength))
    sharedEnds.set(ends)
    return { length, bytes: shared, ends: sharedEnds }
  }

  /** A copy that the page can be given: shared with it where that is allowed. */
  #ints(values: Int32Array): Int32Array {
    const shared = new Int32Array(this.#environment.allocate(values.byteLength))
    shared.set(values)
    return shared
  }

  #numbers(order: Int32Array, values: Float64Array): Float64Array {
    const shared = new Float64Array(this.#environment.allocate(order.length * 8))
    for (let at = 0; at < order.length; at++) shared[at] = values[order[at]]
    return shared
  }
}

type Figure = Exclude<(typeof groupColumns)[number], 'name'>

const isTime = (column: Figure): column is Exclude<Figure, 'count' | 'errors'> =>
  column !== 'count' && column !== 'errors'

const sameBy = (a: GroupBy, b: GroupBy): boolean =>
  a.kind === b.kind && (a.kind !== 'attribute' || b.kind !== 'attribute' || a.key === b.key)

function sameMask(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((byte, row) => byte === b[row])
}
