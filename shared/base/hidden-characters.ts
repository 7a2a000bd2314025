/** Characters that have no look of their own, or turn the text around them: what is hidden by them must be seen. */

// A tab is a space to the eye; a line break is left to whoever draws the lines. What joins two pictures to one is seen by that: 👩‍💻.
const hidden =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u200d(?:(?<!\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?\u200d)|(?!\p{Extended_Pictographic}))/u
const allHidden = new RegExp(hidden, 'gu')

/** Whether a text holds a character that is hidden; tabs and line breaks are not. */
export const isHidden = (text: string): boolean => hidden.test(text)

const hiddenHere = new RegExp(hidden, 'uy')

/** Whether the character at this place of a text is hidden there. */
export function isHiddenAt(text: string, at: number): boolean {
  hiddenHere.lastIndex = at
  return hiddenHere.test(text)
}

/** The text with a visible mark in the place of each hidden character; the same string where there is none. */
export const visibleText = (text: string): string =>
  hidden.test(text) ? text.replaceAll(allHidden, signOf) : text

/** Signs that Unicode has for the control characters; others are written by their number. */
export function signOf(char: string): string {
  const code = char.charCodeAt(0)
  if (char === '\n') return '↵'
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '␡'
  return `‹${codeName(char)}›`
}

/** `U+202E`. */
export const codeName = (char: string): string =>
  `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
