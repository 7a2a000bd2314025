import type { Dependency } from '#shared/api/contract'
import type { CallCounter } from '#shared/map/call-counter'

/** What was counted of calls, as the contract has it. */
export const dependenciesOf = (counter: CallCounter): readonly Dependency[] =>
  counter.calls().map(({ parent, child, childKind, count, failed, p50, p95, p99 }) => ({
    parent,
    child,
    callCount: count,
    errorCount: failed,
    ...(childKind === 'database' ? { childKind } : undefined),
    seconds: { p50, p95, p99 },
  }))
