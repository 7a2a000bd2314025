/** What a box of the flame graph is called. */
import { textAt } from '#shared/base/text-list'
import type { BoxIndex, Flame, FlameArrangement } from '#shared/derive/flame'
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
