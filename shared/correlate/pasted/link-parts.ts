/** A link in parts, with every sign decoded. */
export interface Link {
  /** Of its path, without empty ones. */
  readonly segments: readonly string[]
  /** The first value of a parameter. */
  readonly get: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
}

/** Whether the path ends in these segments, whatever stands before them: servers live behind prefixes. */
export const endsIn = ({ segments }: Link, ...last: readonly string[]): boolean =>
  last.every((segment, at) => segments.at(at - last.length) === segment)

/** What a text says in JSON, where it does; viewers put objects into their links. */
export function jsonOf(text: string | undefined): unknown {
  if (text === undefined || !/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    // A link that was cut, or that only looks like one of theirs.
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** A member of what may be an object. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined

/** A member that is a text; a number is one too. */
export function textOf(value: unknown, name: string): string {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : typeof member === 'number' ? String(member) : ''
}

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? (value as unknown[]) : []
