import { cutText } from './cut-text'

/** So many names are said; the rest is counted. */
const saidNames = 3
const saidUnits = 80

/** Names for a title or a list, however many and long they are: `a.json, b.json, c.json and 247 more`. */
export function nameList(names: readonly string[], most = saidNames): string {
  const said = names.slice(0, most).map((name) => cutText(name, saidUnits))
  return said.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '')
}
