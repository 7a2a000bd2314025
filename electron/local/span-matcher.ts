import type { TraceQuery } from '#shared/api/contract'
import { intrinsicCondition } from '#shared/api/intrinsic-tags'
import { resourceAttributes } from '#shared/simulate/otlp/json-text'
import type { Attributes, Span } from '#shared/simulate/parts/record'
import type { Instance } from '#shared/simulate/parts/service'

type Conditions = Pick<
  TraceQuery,
  'service' | 'operation' | 'tags' | 'minDurationNs' | 'maxDurationNs' | 'errorsOnly'
>
type Test = (span: Span) => boolean

/** Whether all that the form asks for is true of one and the same span; undefined where it asks for nothing. */
export function spanMatcher(asked: Conditions): Test | undefined {
  const { service, operation, minDurationNs, maxDurationNs } = asked
  const tests: Test[] = []
  if (service !== '') tests.push(({ instance }) => instance.service.name === service)
  if (operation !== '') tests.push(({ name }) => name === operation)
  if (asked.errorsOnly) tests.push(hasFailed)
  if (minDurationNs !== undefined) tests.push((span) => durationOf(span) >= minDurationNs)
  if (maxDurationNs !== undefined) tests.push((span) => durationOf(span) <= maxDurationNs)
  for (const { key, value } of asked.tags) tests.push(tagTest(key.trim(), value))
  return tests.length === 0 ? undefined : (span) => tests.every((test) => test(span))
}

export function hasFailed({ error }: Span): boolean {
  return error !== undefined
}

function statusOf(span: Span): 'error' | 'unset' {
  return hasFailed(span) ? 'error' : 'unset'
}

/** As its own clock measured it. */
export function durationOf({ instance, startNs, endNs }: Span): number {
  return instance.clock(endNs) - instance.clock(startNs)
}

const known = new WeakMap<Instance, Attributes>()

/** What all spans of an instance have in common. */
function resourceOf(instance: Instance): Attributes {
  let attributes = known.get(instance)
  if (attributes === undefined) known.set(instance, (attributes = resourceAttributes(instance)))
  return attributes
}

/** An attribute of the span or its resource, or what servers keep as one. */
function tagTest(key: string, value: string): Test {
  const intrinsic = intrinsicCondition({ key, value })
  if (intrinsic !== undefined) {
    const { field, not, word } = intrinsic
    return (span) => (word === (field === 'kind' ? span.kind : statusOf(span))) !== not
  }
  return (span) =>
    attributesOf(span).some((attributes) => key in attributes && String(attributes[key]) === value)
}

/** Those of a span: its own, those of its operation, and those of its resource. */
export function attributesOf({ own, common, instance }: Span): readonly [Attributes, Attributes, Attributes] {
  return [own, common, resourceOf(instance)]
}
