/** What the service on screen uses: the groups of that, with repeats; undefined where no service is on screen, or that is not known yet. */
import type { ServiceResource } from './service-resources'
import { createTold } from './told'

export type ShownUses = readonly ServiceResource['group'][]

export const { useShown: useShownUses, useTell: useTellUses } = createTold<ShownUses>()
