/** Numbers as Prometheus writes them. */

/** As in its answers: with an exponent where the number is very great or very small. */
export function floatText(value: number): string {
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  const text = String(value)
  // An exponent has two digits at least; looked for only where there is one, as most of an answer's time goes here.
  const size = Math.abs(value)
  return size >= 1e-6 && size < 1e21 ? text : text.replace(/e([-+])(\d)$/u, 'e$10$2')
}

/** Without an exponent, as in the label of `count_values`. */
export function plainFloatText(value: number): string {
  const text = floatText(value)
  const match = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/u.exec(text)
  if (match === null) return text
  const [, sign, whole, fraction = '', exponent] = match
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`
}
