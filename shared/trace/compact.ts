/** An importer's lists of names, services and scopes serve all its traces; one trace takes along only what it uses. */
import type { TraceParts } from './builder.ts'
import type { Draft } from './draft.ts'
import type { ScopeInfo } from './table.ts'

/** OpenTelemetry's word for a resource without `service.name`; also the service of a parent that never arrived. */
export const UNKNOWN_SERVICE = 'unknown_service'
/** The name of rows that stand for a parent that never arrived. */
export const MISSING_NAME = '(parent never arrived)'

/** Lists of one trace, and by draft row the indexes into them. */
export interface Compact {
  readonly names: readonly string[]
  readonly services: readonly string[]
  readonly serviceSpans: readonly number[]
  readonly scopes: readonly ScopeInfo[]
  readonly name: Int32Array
  readonly service: Int32Array
  /** -1 for missing rows. */
  readonly scope: Int32Array
}

/** Renumbers names, services and scopes in order of first use. */
export function compactNames(parts: TraceParts, draft: Draft): Compact {
  const { spans } = parts
  const { arrival, recorded, length } = draft
  const names: string[] = []
  const services: string[] = []
  const serviceSpans: number[] = []
  const scopes: ScopeInfo[] = []
  const nameAt = new Int32Array(parts.names.length).fill(-1)
  const serviceAt = new Int32Array(parts.services.length).fill(-1)
  const scopeAt = new Int32Array(parts.scopes.length).fill(-1)
  const name = new Int32Array(length)
  const service = new Int32Array(length)
  const scope = new Int32Array(length).fill(-1)

  for (let row = 0; row < recorded; row++) {
    const source = arrival[row]
    const oldName = spans.name[source]
    if (nameAt[oldName] < 0) {
      nameAt[oldName] = names.length
      names.push(parts.names[oldName])
    }
    const oldScope = spans.scope[source]
    if (scopeAt[oldScope] < 0) {
      const info = parts.scopes[oldScope]
      if (serviceAt[info.service] < 0) {
        serviceAt[info.service] = services.length
        services.push(parts.services[info.service])
        serviceSpans.push(0)
      }
      scopeAt[oldScope] = scopes.length
      scopes.push({ ...info, service: serviceAt[info.service] })
    }
    name[row] = nameAt[oldName]
    scope[row] = scopeAt[oldScope]
    service[row] = scopes[scope[row]].service
    serviceSpans[service[row]]++
  }
  if (length > recorded) {
    let unknown = services.indexOf(UNKNOWN_SERVICE)
    if (unknown < 0) {
      unknown = services.length
      services.push(UNKNOWN_SERVICE)
      serviceSpans.push(0)
    }
    name.fill(names.length, recorded)
    names.push(MISSING_NAME)
    service.fill(unknown, recorded)
  }
  return { names, services, serviceSpans, scopes, name, service, scope }
}
