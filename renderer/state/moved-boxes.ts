/** Where a person moved services to, by their names: each its left and its top. */
export type MovedPlaces = Readonly<Record<string, readonly [number, number]>>

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
