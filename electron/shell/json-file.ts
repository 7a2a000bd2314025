import { z } from 'zod'
import type { Profile } from './profile.ts'

/**
 * A JSON file of the profile, read through `check`, which throws when the content is not what it should be. A damaged file is set
 * aside and noted; then, as when there is none, the answer is undefined.
 */
export async function readJsonFile<Content>(
  profile: Profile,
  name: string,
  check: (value: unknown) => Content,
): Promise<Content | undefined> {
  const bytes = await profile.read(name)
  if (bytes === undefined) return undefined
  try {
    return check(JSON.parse(bytes.toString('utf8')))
  } catch (cause) {
    await profile.setAside(name, `could not be understood (${firstLine(cause)})`)
    return undefined
  }
}

/** Writes a JSON file of the profile, indented so that a person can read it. */
export function writeJsonFile(profile: Profile, name: string, content: unknown): Promise<void> {
  return profile.write(name, `${JSON.stringify(content, undefined, 2)}\n`)
}

function firstLine(cause: unknown): string {
  // A ZodError's own message is its list of issues as JSON; prettified, the first says what and where.
  if (cause instanceof z.ZodError)
    return z
      .prettifyError(cause)
      .replace(/^✖ /, '')
      .replace(/\n\s*→/, '')
      .split('\n', 1)[0]
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]
}
