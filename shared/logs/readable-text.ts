/** A line as it is best read: JSON over several lines; line breaks that were escaped in it (stack traces) broken. Others as they are. */
export function readableOf(text: string): string {
  if (!/^\s*[{[]/.test(text) || text.length > 1_000_000) return text
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
      .replaceAll(String.raw`\n`, '\n    ')
      .replaceAll(String.raw`\t`, '  ')
  } catch {
    // Not JSON after all: as it is.
    return text
  }
}
