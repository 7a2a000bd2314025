import type { Session } from 'electron'
import { appOrigin } from './scheme.ts'

/** Copying a value is all the page may do beyond drawing: no camera, no location, no devices, no notifications. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Refuses what the page could ask the system for, both when it asks and when it only looks whether it may. */
export function refusePermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(allowed.has(permission) && isOwn(details.requestingUrl))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => allowed.has(permission) && isOwn(requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
}

function isOwn(address: string): boolean {
  return address === appOrigin || address.startsWith(`${appOrigin}/`)
}
