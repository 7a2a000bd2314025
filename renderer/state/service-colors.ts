/**
 * Which colour a service has: a slot from 1 to 24 per name, the same in every trace and every run of this workspace.
 * New names take the lowest free slot in the order they are given, so the first ones seen get the colours that stay apart for
 * colour-blind readers; past 24 the slots are shared, and the name beside the swatch tells services apart.
 */
export const slotCount = 24
/** Of what has no colour of its own because too many do: neutral, as the next. */
export const otherSlot = 0
/** Of what has nothing to be coloured by. */
export const noneSlot = slotCount + 1

/** Enough for any shop; the oldest names go first, so that the store cannot grow for ever. */
const mostNames = 2000
/** A name of kilobytes gets its colour anew each time instead of a place in the profile. */
const longestName = 120

/** Slots for `names` on top of those already given; pure, and the same for the same input. */
export function assignSlots(
  given: ReadonlyMap<string, number>,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const fresh = names.filter((name) => !given.has(name))
  if (fresh.length === 0) return given
  const slots = new Map(given)
  const users = Array.from({ length: slotCount }, () => 0)
  for (const slot of slots.values()) users[slot - 1] += 1
  for (const name of fresh) {
    if (slots.has(name)) continue
    const least = Math.min(...users)
    const slot = users.indexOf(least) + 1
    users[slot - 1] += 1
    slots.set(name, slot)
  }
  return slots
}

/** Slots another window or browser kept win over ours, so that all windows come to agree. */
export function mergeSlots(
  ours: ReadonlyMap<string, number>,
  kept: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map([...kept, ...[...ours].filter(([name]) => !kept.has(name))])
}

/** The slots in what was kept; anything else in it is left out. */
export function slotsOf(kept: Readonly<Record<string, number>> | undefined): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(kept ?? {}).filter(([, slot]) => Number.isInteger(slot) && slot >= 1 && slot <= slotCount),
  )
}

/** Slots as they are kept. */
export const recordOfSlots = (slots: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...slots].filter(([name]) => name.length <= longestName).slice(-mostNames))

let known: ReadonlyMap<string, number> = new Map()
let onNew: (() => void) | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** All slots given out so far. */
export const knownSlots = (): ReadonlyMap<string, number> => known

/** Takes over what the profile keeps; what is on screen keeps its colours until it is opened again. */
export function adoptSlots(kept: ReadonlyMap<string, number>): void {
  known = mergeSlots(known, kept)
}

/** Takes over what an opened investigation was seen in, for names that have no colour here yet; those that have one keep it. */
export function takeOverSlots(saved: ReadonlyMap<string, number>): void {
  const merged = mergeSlots(saved, known)
  if (merged.size > known.size) remember(merged)
}

/** Calls back, once for many, when services got a slot that is not kept yet. */
export function whenSlotsAreNew(keep: () => void): void {
  onNew = keep
}

function remember(slots: ReadonlyMap<string, number>): void {
  known = slots
  clearTimeout(timer)
  // Colours are asked for while React renders: whoever keeps them must not change anything just then.
  timer = setTimeout(() => onNew?.(), 0)
}

/** The token of theme.css that has the colour of a slot. */
export const slotToken = (slot: number): string => {
  if (slot === otherSlot) return '--svc-other'
  return slot === noneSlot ? '--svc-none' : `--svc-${slot}`
}

/** The CSS colour of a slot. */
export const slotColor = (slot: number): string => `var(${slotToken(slot)})`

/** All slots, those of what has no colour among them. */
export const allSlots: readonly number[] = Array.from({ length: slotCount + 2 }, (_, slot) => slot)

/** By slot, the tokens of all of them. */
export const slotTokens: readonly string[] = allSlots.map(slotToken)

/**
 * Slots parallel to `services`, new names in order of how much each is used. Kept in the profile, unless `isPassing`: while a trace is
 * still being read, how much each is used is not known yet.
 */
export function slotsByUse(
  services: readonly string[],
  spanCounts: readonly number[],
  isPassing: boolean,
): readonly number[] {
  const order = services.map((_, index) => index).sort((a, b) => (spanCounts[b] ?? 0) - (spanCounts[a] ?? 0))
  const slots = assignSlots(
    known,
    order.map((index) => services[index] ?? ''),
  )
  if (slots !== known && !isPassing) remember(slots)
  return services.map((name) => slots.get(name) ?? 1)
}
