/** Black or white, whichever is easier to read on a colour; one of the two always has a contrast of 4.58 or more. */
export function inkOn(color: string): 'black' | 'white' {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!parts) return 'black'
  const [red, green, blue] = parts.slice(1).map((part) => linear(Number.parseInt(part, 16) / 255))
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  // Where (1 + 0.05) / (l + 0.05) equals (l + 0.05) / 0.05.
  return luminance > 0.179 ? 'black' : 'white'
}

/** WCAG 2: from sRGB to light. */
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
