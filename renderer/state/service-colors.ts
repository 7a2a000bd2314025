/**
 * Which colour a service has: a slot from 1 to 24 per name, the same in every trace and every run of this workspace.
 * New names take the lowest free slot in the order they are given, so the first ones seen get the colours that stay apart for
 * colour-blind readers; past 24 the slots are shared, and the name beside the swatch tells services apart.
 */
export const slotCount = 24

const storageKey = 'clew.service-colors'
/** Enough for any shop; the oldest names go first, so that the store cannot grow for ever. */
const mostNames = 2000

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

function readStore(text: string | null): Map<string, number> {
  const slots = new Map<string, number>()
  if (text === null) return slots
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Somebody else's text under our key: start afresh rather than fail.
    return slots
  }
  if (!Array.isArray(value)) return slots
  for (const entry of value as unknown[]) {
    if (!Array.isArray(entry)) continue
    const [name, slot] = entry as unknown[]
    if (typeof name === 'string' && Number.isInteger(slot) && Number(slot) >= 1 && Number(slot) <= slotCount)
      slots.set(name, Number(slot))
  }
  return slots
}

let known: ReadonlyMap<string, number> | undefined

function keep(slots: ReadonlyMap<string, number>): void {
  known = slots
  try {
    localStorage.setItem(storageKey, JSON.stringify([...slots].slice(-mostNames)))
  } catch (cause) {
    // A full or forbidden store costs only that colours may differ after a restart.
    console.info('Service colours are not kept:', cause)
  }
}

/** The CSS colour of a slot. */
export const slotColor = (slot: number): string => `var(--svc-${slot})`

/**
 * Slots parallel to `services`, new names in order of how much each is used. Kept in this browser's storage, unless `isPassing`: while
 * a trace is still being read, how much each is used is not known yet.
 */
export function slotsByUse(
  services: readonly string[],
  spanCounts: readonly number[],
  isPassing: boolean,
): readonly number[] {
  known ??= readStore(localStorage.getItem(storageKey))
  const order = services.map((_, index) => index).sort((a, b) => (spanCounts[b] ?? 0) - (spanCounts[a] ?? 0))
  const slots = assignSlots(
    known,
    order.map((index) => services[index] ?? ''),
  )
  if (slots !== known && !isPassing) keep(slots)
  return services.map((name) => slots.get(name) ?? 1)
}
