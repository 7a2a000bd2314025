/** `| drop a, b="c"` and `| keep a, b="c"`. */
import { parseMatcherValue } from './label-filter.ts'
import { errorDetailsLabel, errorLabel, type LineLabels } from './line-labels.ts'
import type { Stage } from './stage.ts'
import type { TokenReader } from './token-reader.ts'

/** A label by its name, or only where its value fits. */
interface Named {
  readonly name: string
  readonly fits: ((value: string) => boolean) | undefined
}

export function parseNamed(reader: TokenReader): readonly Named[] {
  return reader.list(() => {
    const { from } = reader.next
    const name = reader.name()
    const op = reader.operator ?? ''
    if (!/^(?:!?=|[=!]~)$/u.test(op)) return { name, fits: undefined }
    reader.take()
    return { name, fits: parseMatcherValue(reader, name, op, from).test }
  })
}

export function dropStage(dropped: readonly Named[]): Stage {
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      for (const { name, fits } of dropped) {
        if (fits?.(name === errorDetailsLabel ? labels.errorDetails : labels.text(name)) === false) continue
        dropLabel(labels, name)
      }
      return line
    },
  }
}

function dropLabel(labels: LineLabels, name: string): void {
  if (name === errorLabel) labels.error = ''
  else if (name === errorDetailsLabel) labels.errorDetails = ''
  else labels.delete(name)
}

/** Errors stay in any case. */
export function keepStage(kept: readonly Named[]): Stage {
  return {
    kind: 'read',
    names: [],
    run(line, labels) {
      for (const [name, value] of labels.all()) {
        if (name === errorLabel || name === errorDetailsLabel) continue
        if (!kept.some((one) => one.name === name && one.fits?.(value) !== false)) labels.delete(name)
      }
      return line
    },
  }
}
