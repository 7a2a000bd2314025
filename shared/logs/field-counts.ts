/** Which values the fields of lines have, and how often: what one can filter by without knowing the names. */
import { extraOf, labelsOf, textOf } from '#shared/logs/batch'
import { fieldsIn } from '#shared/logs/line-fields'
import { lineAt, type LogList } from '#shared/logs/log-list'

/** Where a field stands; a query filters by it accordingly. */
export type CountedKind = 'label' | 'metadata' | 'json' | 'logfmt'

/** One field. */
export interface FieldCount {
  readonly name: string
  readonly kind: CountedKind
  /** Lines that have it. */
  readonly lines: number
  /** Different values. */
  readonly different: number
  /** The most common, with their lines. */
  readonly values: readonly { readonly value: string; readonly lines: number }[]
}

const shownValues = 8
/** Longer values, and values of names that go on for ever, are no choice. */
const longestValue = 200
const mostFields = 60
const mostDifferent = 5_000

/** Fields of the first `most` lines of a list: those with few values first, and of those the ones most lines have. */
export function countFields(list: LogList, most: number): readonly FieldCount[] {
  const counts = new Map<string, { kind: CountedKind; lines: number; values: Map<string, number> }>()
  const add = (kind: CountedKind, name: string, value: string): void => {
    if (value === '' || value.length > longestValue) return
    const field = counts.get(name) ?? { kind, lines: 0, values: new Map<string, number>() }
    counts.set(name, field)
    field.lines += 1
    const known = field.values.get(value)
    if (known !== undefined || field.values.size < mostDifferent) field.values.set(value, (known ?? 0) + 1)
  }
  for (let row = 0; row < Math.min(most, list.length); row++) {
    const line = lineAt(list, row)
    const { metadata, parsed } = extraOf(line)
    const inLine = fieldsIn(textOf(line))
    const labels = labelsOf(line)
    for (const [name, value] of Object.entries(labels)) add('label', name, value)
    for (const [name, value] of Object.entries(metadata)) add('metadata', name, value)
    for (const [name, value] of Object.entries(parsed)) if (!(name in labels)) add('metadata', name, value)
    for (const [name, value] of Object.entries(inLine?.fields ?? {}))
      if (!(name in parsed) && !(name in metadata) && !(name in labels))
        add(inLine?.kind ?? 'json', name, value)
  }
  return [...counts]
    .map(([name, { kind, lines, values }]): FieldCount => ({
      name,
      kind,
      lines,
      different: values.size,
      values: [...values]
        .map(([value, of]) => ({ value, lines: of }))
        .sort((a, b) => b.lines - a.lines || (a.value < b.value ? -1 : 1))
        .slice(0, shownValues),
    }))
    .sort((a, b) => rankOf(a) - rankOf(b) || b.lines - a.lines || (a.name < b.name ? -1 : 1))
    .slice(0, mostFields)
}

const levelNames = new Set(['detected_level', 'level', 'severity', 'severity_text'])

/** Levels first; then what tells lines apart; then what all lines have alike; last what is different in nearly each. */
function rankOf({ name, different, lines }: FieldCount): number {
  if (levelNames.has(name)) return 0
  if (different === 1) return 2
  return different > 20 && different > lines / 4 ? 3 : 1
}
