/** The colour beside a name of the map: as on the map itself, only services have one of their own. */
import type { NodeKind } from '#shared/map/graph'
import { colorOfService } from '../state/trace-colors'

export const colorOfNode = (name: string, kind: NodeKind): string =>
  kind === 'service' ? colorOfService(name) : 'var(--line-control)'
