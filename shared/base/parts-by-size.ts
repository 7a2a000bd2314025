/** Items in their order, in parts that are no larger than `most` together; one that is larger stands alone. */
export function partsBySize<Item>(
  items: Iterable<Item>,
  most: number,
  sizeOf: (item: Item) => number,
): readonly (readonly [Item, ...Item[]])[] {
  const parts: [Item, ...Item[]][] = []
  let size = 0
  for (const item of items) {
    const own = sizeOf(item)
    size += own
    const part = parts.at(-1)
    if (part && size <= most) part.push(item)
    else {
      parts.push([item])
      size = own
    }
  }
  return parts
}
