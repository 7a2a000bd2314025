/** The part of the URL that says which connection is looked at, or that a new one is being made. */
import type { ServerKind } from '#shared/api/contract'
import { hrefOf, type LocationCodec } from './location'

export const sourceKinds: readonly ServerKind[] = ['jaeger', 'tempo', 'zipkin', 'loki', 'prometheus']

export interface ConnectionsLocation {
  /** The connection that is open; empty for none. */
  readonly id: string
  /** A form for a new one is open. */
  readonly isNew: boolean
  /** What the form starts with. Never a secret: addresses are stripped of user and password first. */
  readonly kind: ServerKind | undefined
  readonly url: string
}

export const connectionsLocation: LocationCodec<ConnectionsLocation> = {
  path: '/connections',
  parse: (params) => ({
    id: params.get('id') ?? '',
    isNew: params.get('new') === '1',
    kind: sourceKinds.find((kind) => kind === params.get('kind')),
    url: params.get('url') ?? '',
  }),
  format: (state) => {
    const params = new URLSearchParams()
    if (state.id !== '') params.set('id', state.id)
    if (state.isNew) params.set('new', '1')
    if (state.isNew && state.kind) params.set('kind', state.kind)
    if (state.isNew && state.url !== '') params.set('url', state.url)
    return params
  },
}

/** The link to a connection, to the form of a new one, or to the list. */
export function hrefOfConnections(target: Partial<ConnectionsLocation> = {}): string {
  return hrefOf(connectionsLocation, { id: '', isNew: false, kind: undefined, url: '', ...target })
}
