/** Attributes sorted into the areas of OpenTelemetry's semantic conventions, so that a reader finds them by what they are about. */
import type { Attribute } from '#shared/trace/detail'

export interface AttributeGroup {
  /** Stable name, for remembering which groups are closed. */
  readonly id: string
  readonly title: string
  /** As recorded: order and duplicates kept. */
  readonly attributes: readonly Attribute[]
}

/** Groups that have an attribute, in reading order. Cost: attributes × areas. */
export function groupAttributes(attributes: readonly Attribute[]): AttributeGroup[] {
  void attributes
  throw new Error('not yet')
}
