/** How wide the columns of the list are; the line itself has the rest. */
const timePx = { alone: 92, withDay: 138 }
export const levelPx = 46
export const columnPx = 132
export const tracePx = 24
export const gapPx = 8
export const sidePx = 12
/** Of the time, with the day before it where the list goes over more than one. */
export const timeWidth = (hasDays: boolean): number => (hasDays ? timePx.withDay : timePx.alone)
/** All but the line and the columns of one's choice. */
export const fixedWidth = (hasDays: boolean): number =>
  timeWidth(hasDays) + levelPx + tracePx + 4 * gapPx + 2 * sidePx
