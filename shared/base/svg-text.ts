import { cutText } from '#shared/base/cut-text'
import { visibleText } from '#shared/base/hidden-characters'

/** A text as it may stand in SVG: signs of XML escaped, hidden characters marked, and cut to `most` letters. */
export function svgText(text: string, most = Infinity): string {
  // What XML does not allow at all, and half a letter.
  const whole = visibleText(cutText(text, most)).replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
  return whole.replaceAll(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
}
