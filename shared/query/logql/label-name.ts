/** The name of a label from any text: what is neither letter, digit nor underscore becomes one. Empty where nothing is left. */
export function labelName(text: string, isFirst = true): string {
  const name = text.trim().replace(/[^A-Za-z0-9_]/gu, '_')
  return isFirst && /^\d/u.test(name) ? `_${name}` : name
}
