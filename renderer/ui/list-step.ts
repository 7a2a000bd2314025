/** The line that a key walks to in a list of lines from 0 to `last`, `page` of them in view; undefined where the key walks nowhere. */
export function listStep(key: string, at: number, last: number, page: number): number | undefined {
  const by: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    // One line of the page before stays in view.
    PageDown: at + Math.max(1, page - 1),
    PageUp: at - Math.max(1, page - 1),
    Home: 0,
    End: last,
  }
  return Object.hasOwn(by, key) ? Math.min(Math.max(by[key], 0), last) : undefined
}
