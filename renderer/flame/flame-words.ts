/** What a box of the flame graph is called and says of itself. */
import { textAt } from '#shared/base/text-list'
import { formatFullDuration, formatOffset, formatShare } from '#shared/derive/durations'
import type { BoxIndex, Flame, FlameArrangement } from '#shared/derive/flame'
import { countOf } from '#shared/derive/quantities'
import { SpanFlag, type Trace } from '#shared/trace/table'

/** A flame graph together with the trace it is of. */
export interface FlameScene {
  readonly trace: Trace
  readonly arrangement: FlameArrangement
  readonly flame: Flame
}

export interface BoxName {
  /** Empty where the box is no service's. */
  readonly service: string
  readonly name: string
}

const attributeOf = ({ arrangement }: FlameScene): string =>
  arrangement.kind === 'merged' ? arrangement.by : ''

/** The service and operation of a box, or the value it is merged by. */
export function boxName(scene: FlameScene, box: BoxIndex): BoxName {
  const { trace, flame } = scene
  const value = flame.merged?.value
  if (value)
    return {
      service: '',
      name:
        value[box] < 0
          ? `no ${attributeOf(scene)}`
          : textAt(flame.merged.values ?? noTexts, value[box]) || '(empty)',
    }
  const { spans, services, names } = trace
  const row = flame.row[box]
  if (isMissing(scene, box)) return { service: '', name: 'parent that never arrived' }
  return { service: services[spans.service[row]] ?? '', name: names[spans.name[row]] ?? '' }
}

const noTexts = { length: 0, bytes: new Uint8Array(0), ends: new Float64Array(0) }

/** Whether it stands for spans that were never recorded. */
export function isMissing({ trace, flame }: FlameScene, box: BoxIndex): boolean {
  return flame.merged?.value === undefined && (trace.spans.flags[flame.row[box]] & SpanFlag.missing) !== 0
}

/** Failed spans in a box. */
export function errorsOf({ trace, flame }: FlameScene, box: BoxIndex): number {
  return flame.merged
    ? flame.merged.errors[box]
    : (trace.spans.flags[flame.row[box]] & SpanFlag.error) === 0
      ? 0
      : 1
}

/** One line of what is known of a box. */
export interface BoxFact {
  readonly term: string
  readonly text: string
}

/** What there is to know of a box, the most telling first. */
export function boxFacts({ trace, flame }: FlameScene, box: BoxIndex): readonly BoxFact[] {
  const ns = flame.to[box] - flame.from[box]
  const { merged } = flame
  if (merged) {
    const count = merged.count[box]
    return [
      {
        term: 'Time, with calls',
        text: `${formatFullDuration(ns)}, ${formatShare(ns, flame.extentNs)} of what is in view`,
      },
      { term: 'Self', text: formatFullDuration(merged.self[box]) },
      { term: 'Spans', text: count === 0 ? 'none in view' : countOf(count, 'span') },
      ...(count > 0
        ? [{ term: 'Mean duration', text: formatFullDuration(merged.duration[box] / count) }]
        : []),
      ...(merged.errors[box] > 0 ? [{ term: 'Failed', text: countOf(merged.errors[box], 'span') }] : []),
    ]
  }
  const row = flame.row[box]
  const { start, duration, self } = trace.spans
  return [
    {
      term: 'Duration',
      text: `${formatFullDuration(duration[row])}, ${formatShare(duration[row], trace.durationNs)} of the trace`,
    },
    { term: 'Self', text: formatFullDuration(self[row]) },
    { term: 'From', text: `${formatOffset(start[row])} to ${formatOffset(start[row] + duration[row])}` },
  ]
}

/** A box in a sentence, for those who hear it. */
export function boxSentence(scene: FlameScene, box: BoxIndex): string {
  const { service, name } = boxName(scene, box)
  const facts = boxFacts(scene, box).map(({ term, text }) => `${term.toLowerCase()} ${text}`)
  const failed = !scene.flame.merged && errorsOf(scene, box) > 0 ? ['failed'] : []
  return [[service, name].filter(Boolean).join(' '), ...failed, ...facts].join('; ')
}
