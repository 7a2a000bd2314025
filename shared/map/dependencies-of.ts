import type { Dependency } from '#shared/api/contract'
import type { CountedCall } from '#shared/map/call-counter'

/** What was counted of calls, as the contract has it. */
export const dependenciesOf = (calls: readonly CountedCall[]): readonly Dependency[] =>
  calls.map(({ parent, child, parentKind, childKind, count, failed, p50, p95, p99 }) => ({
    parent,
    child,
    callCount: count,
    errorCount: failed,
    ...(parentKind === 'queue' ? { parentKind } : undefined),
    ...(childKind === 'service' ? undefined : { childKind }),
    seconds: { p50, p95, p99 },
  }))
