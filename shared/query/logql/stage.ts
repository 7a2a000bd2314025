/** One step of a pipeline. */
import type { LineLabels } from './line-labels.ts'

export interface Stage {
  /** `line`: a filter of lines; `label`: a filter by labels; `rewrite`: the line is another one behind it; `read`: anything else. */
  readonly kind: 'line' | 'label' | 'rewrite' | 'read'
  /** The labels it looks at. */
  readonly names: readonly string[]
  /** The line as it goes on; undefined where it is dropped. */
  readonly run: (line: string, labels: LineLabels) => string | undefined
}

/**
 * The stages in the order Loki takes them: filters of lines before whatever only reads, as they are cheapest. So `| decolorize |= "x"` looks
 * at the line with its colours.
 */
export function inOrder(stages: readonly Stage[]): readonly Stage[] {
  const ordered: Stage[] = []
  let later: Stage[] = []
  for (const stage of stages) {
    if (stage.kind === 'line') ordered.push(stage)
    else if (stage.kind === 'read') later.push(stage)
    else {
      ordered.push(...later, stage)
      later = []
    }
  }
  return [...ordered, ...later]
}

/** All stages as one; undefined of a line that one of them drops. */
export function joinStages(stages: readonly Stage[]): Stage['run'] {
  if (stages.length === 1) return stages[0].run
  return (line, labels) => {
    let left: string | undefined = line
    for (const stage of stages) {
      left = stage.run(left, labels)
      if (left === undefined) return undefined
    }
    return left
  }
}
