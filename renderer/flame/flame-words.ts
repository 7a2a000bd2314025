/** What a box of the flame graph says of itself. */
import { formatFullDuration, formatOffset, formatShare } from '#shared/derive/durations'
import type { BoxIndex } from '#shared/derive/flame'
import { boxName, errorsOf, type FlameScene } from '#shared/derive/flame-names'
import { countOf } from '#shared/derive/quantities'

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
