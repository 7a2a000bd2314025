/** Where a trace comes from, in words. */
import type { Problem } from '#shared/trace/table'
import type { InputReport } from '../state/trace-view'

type Input = Pick<InputReport, 'name' | 'format' | 'spans' | 'error'>

/** Connections that can be asked too: `Tempo and Jaeger`, `3 other sources`. */
export const othersInWords = (names: readonly string[]): string =>
  names.length <= 2 ? names.join(' and ') : `${names.length} other sources`

/** `Tempo`, or `Tempo and Jaeger, merged`; then who was asked and does not hold it. Empty where nothing gave spans. */
export function fromInWords(inputs: readonly Input[]): string {
  const names = inputs.filter((input) => input.spans > 0).map((input) => input.name)
  if (names.length === 0) return ''
  const said = [names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`]
  if (names.length > 1) said.push('merged')
  const without = notHolding(inputs)
  if (without.length > 0) said.push(`not in ${without.join(', ')}`)
  return said.join(', ')
}

/** The same at length, one line each. */
export function fromAtLength(inputs: readonly Input[], problems: readonly Problem[]): string {
  return [
    ...inputs.filter((input) => input.spans > 0).map((input) => `${input.name}: ${input.format}`),
    ...notHolding(inputs).map((name) => `${name} does not hold this trace.`),
    ...problems.filter((problem) => problem.kind === 'merged').map((problem) => problem.message),
  ].join('\n')
}

const notHolding = (inputs: readonly Input[]): readonly string[] =>
  inputs.filter((input) => input.error?.kind === 'not-found').map((input) => input.name)
