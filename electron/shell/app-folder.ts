import { readFileSync } from 'node:fs'

/**
 * The folder that holds package.json and dist: the project, or the packed archive. Two levels up both from here (electron/shell) and
 * from the bundle (dist/electron).
 */
export const appFolder = new URL('../../', import.meta.url)

/** The version in package.json. */
export function appVersion(): string {
  const content: unknown = JSON.parse(readFileSync(new URL('package.json', appFolder), 'utf8'))
  if (
    typeof content === 'object' &&
    content !== null &&
    'version' in content &&
    typeof content.version === 'string'
  )
    return content.version
  throw new Error('package.json has no version')
}
