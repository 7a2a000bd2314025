/** Functions of one number: each sample by itself. */

/** Number by number; further arguments are the values of scalars at that step. */
export type FloatFunction = (value: number, ...parameters: number[]) => number

export const floatFunctions: Readonly<Record<string, FloatFunction>> = {
  abs: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  deg: (value) => (value * 180) / Math.PI,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  rad: (value) => (value * Math.PI) / 180,
  sgn: Math.sign,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
  clamp: (value, least, most) => Math.max(least, Math.min(most, value)),
  clamp_min: (value, least) => Math.max(least, value),
  clamp_max: (value, most) => Math.min(most, value),
  round: (value, nearest = 1) => {
    // By its inverse: 1/0.1 is exact where 0.1 is not.
    const inverse = 1 / nearest
    return Math.floor(value * inverse + 0.5) / inverse
  },
  minute: ofDate((date) => date.getUTCMinutes()),
  hour: ofDate((date) => date.getUTCHours()),
  day_of_week: ofDate((date) => date.getUTCDay()),
  day_of_month: ofDate((date) => date.getUTCDate()),
  day_of_year: ofDate((date) => (startOfDay(date) - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000 + 1),
  days_in_month: ofDate((date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ),
  month: ofDate((date) => date.getUTCMonth() + 1),
  year: ofDate((date) => date.getUTCFullYear()),
}

/** Without an argument they tell of the moment of evaluation. */
export const dateFunctions: ReadonlySet<string> = new Set(
  'minute hour day_of_week day_of_month day_of_year days_in_month month year'.split(' '),
)

function ofDate(part: (date: Date) => number): FloatFunction {
  return (seconds) => part(new Date(Math.trunc(seconds) * 1000))
}

function startOfDay(date: Date): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
}
