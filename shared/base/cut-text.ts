/** A text of at most so many UTF-16 units; what is cut ends in an ellipsis, never in half a character. */
export function cutText(text: string, mostUnits: number): string {
  if (text.length <= mostUnits) return text
  return `${text.slice(0, mostUnits - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
