/** How strongly operators bind; `^` to the right, all others to the left. */
export const strengths: ReadonlyMap<string, number> = new Map(
  [
    ['or'],
    ['and', 'unless'],
    ['==', '!=', '<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%', 'atan2'],
    ['^'],
  ].flatMap((operators, strength) => operators.map((op): [string, number] => [op, strength])),
)

export const powerStrength = 5
