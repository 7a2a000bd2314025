/** How TraceQL spells texts and names. */

/** Text between quotes, as TraceQL reads it back. */
export const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`

/** An attribute's name without its scope, in quotes where a sign in it would end it. */
export const writeName = (name: string): string => (/^[\w.:/@#$%*+-]+$/.test(name) ? name : quote(name))
