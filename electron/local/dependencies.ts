import type { Dependency } from '#shared/api/contract'
import type { CallCounter } from '#shared/map/call-counter'
import type { NodeKind } from '#shared/map/graph'

/** What was counted of calls, as the contract has it. */
export const dependenciesOf = (counter: CallCounter): readonly Dependency[] =>
  counter.calls().map(({ parent, child, parentKind, childKind, count, failed, p50, p95, p99 }) => ({
    parent,
    child,
    callCount: count,
    errorCount: failed,
    ...(parentKind === 'queue' ? { parentKind } : undefined),
    ...(isBacking(childKind) ? { childKind } : undefined),
    seconds: { p50, p95, p99 },
  }))

const isBacking = (kind: NodeKind): kind is 'database' | 'queue' => kind === 'database' || kind === 'queue'
