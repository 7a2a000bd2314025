import type { IconName } from '../ui/icon'

/** Kinds of things the palette offers, in the order they stand in; Tab goes through them. */
export const paletteGroups = [
  'Traces',
  'Logs',
  'Metrics',
  'In this trace',
  'Attributes',
  'Services',
  'Operations',
  'On this page',
  'Commands',
  'Connections',
  'Recent',
  'Search',
] as const
export type PaletteGroup = (typeof paletteGroups)[number]

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string
  readonly group: PaletteGroup
  readonly icon: IconName
  readonly title: string
  /** Meta, at the right. */
  readonly note?: string | undefined
  readonly keys?: string | undefined
  /** Other words people type for it. */
  readonly words?: string | undefined
  /** Answers exactly what was typed: shown whatever the text. */
  readonly isAnswer?: boolean | undefined
  readonly run: () => void
}

/** More of one kind would hide the others; typing more brings the rest. */
const mostOfGroup = 7

function rankOf(item: PaletteItem, words: readonly string[]): number | undefined {
  if (item.isAnswer) return 0
  const title = item.title.toLowerCase()
  const all = `${title} ${item.note ?? ''} ${item.words ?? ''}`.toLowerCase()
  if (!words.every((word) => all.includes(word))) return undefined
  const first = words[0] ?? ''
  if (title.startsWith(first)) return 1
  return new RegExp(`(^|[^a-z0-9])${first.replace(/[^a-z0-9]/g, '\\$&')}`).test(title) ? 2 : 3
}

export interface MatchedGroup {
  readonly group: PaletteGroup
  readonly items: readonly PaletteItem[]
  /** How many more match than are shown. */
  readonly hidden: number
}

/** What is shown for a text: every word of it must occur; best first within a group. `only` narrows to one group. */
export function matchItems(
  items: readonly PaletteItem[],
  text: string,
  only: PaletteGroup | undefined,
): readonly MatchedGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return paletteGroups.flatMap((group) => {
    if (only !== undefined && group !== only) return []
    const ranked = items
      .filter((item) => item.group === group)
      .flatMap((item) => {
        const rank = rankOf(item, words)
        return rank === undefined ? [] : [{ item, rank }]
      })
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
    const most = only === undefined ? mostOfGroup : 50
    const shown = ranked.slice(0, most)
    return shown.length === 0 ? [] : [{ group, items: shown, hidden: ranked.length - shown.length }]
  })
}
