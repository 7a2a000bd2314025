/** How wide the columns of the list are; the line itself has the rest. */
export const timePx = 92
export const levelPx = 46
export const columnPx = 132
export const tracePx = 24
export const gapPx = 8
export const sidePx = 12
/** All but the line and the columns of one's choice. */
export const fixedPx = timePx + levelPx + tracePx + 4 * gapPx + 2 * sidePx
