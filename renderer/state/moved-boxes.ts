/** Where a person moved services to, by their names: each its left and its top. */
export type MovedPlaces = Readonly<Record<string, readonly [number, number]>>

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Between one that was moved and one that gives way to it, px at a scale of 1. */
const apartPx = 14

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height

/** The boxes of a new layout, those pushed down that lie where a person has put another: what was moved keeps its place. */
export function clearOfMoved<Box extends Rectangle>(
  nodes: ReadonlyMap<string, Box>,
  moved: MovedPlaces,
): ReadonlyMap<string, Box> {
  const isMoved = (name: string): boolean => Object.hasOwn(moved, name)
  const settled: Box[] = [...withMoved(nodes, moved)].filter(([name]) => isMoved(name)).map(([, box]) => box)
  if (settled.length === 0) return nodes
  const cleared = new Map(nodes)
  const byTop = [...nodes]
    .filter(([name]) => !isMoved(name))
    .toSorted(([, one], [, other]) => one.y - other.y)
  for (const [name, box] of byTop) {
    let { y } = box
    const inTheWay = (): Box | undefined => settled.find((one) => overlap({ ...box, y }, one))
    for (let one = inTheWay(); one; one = inTheWay()) y = one.y + one.height + apartPx
    const free = { ...box, y }
    settled.push(free)
    cleared.set(name, free)
  }
  return cleared
}

/** The boxes of a layout, those that were moved where they were moved to. A service may be called `constructor`, which every object has. */
export function withMoved<Box extends object>(
  nodes: ReadonlyMap<string, Box>,
  moved: MovedPlaces,
): ReadonlyMap<string, Box> {
  return new Map(
    [...nodes].map(([name, box]) => {
      if (!Object.hasOwn(moved, name)) return [name, box] as const
      const [x, y] = moved[name]
      return [name, { ...box, x, y }] as const
    }),
  )
}
