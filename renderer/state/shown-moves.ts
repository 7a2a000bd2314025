/** The kinds of what moved in the overview on screen, the first to move first; undefined where none is on screen, or that is not known yet. */
import type { Move } from '#shared/metrics/moved'
import { createTold } from './told'

export type ShownMoves = readonly Move['kind'][]

export const { useShown: useShownMoves, useTell: useTellMoves } = createTold<ShownMoves>()
