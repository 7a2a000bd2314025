/** A whole number with narrow spaces between thousands, as everywhere on screen: `1 000 000`, `247`. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/gu, '\u202f')
}

/** A count with its noun: `1 span`, `2 spans`. */
export function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}
