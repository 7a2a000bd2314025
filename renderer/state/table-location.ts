/** The part of a trace's URL that says how its spans stand in the table. */
import type { GroupBy } from '#shared/derive/groups/grouping'
import { groupColumns, type GroupSort } from '#shared/derive/groups/order'

export type { GroupBy, GroupSort }

export interface TableLocation {
  readonly by: GroupBy
  readonly sort: GroupSort
  /** Only groups whose name holds this. */
  readonly filter: string
  /** Groups whose spans are listed: each named by one of its spans, so that a link stays short whatever groups are called. */
  readonly open: readonly string[]
}

/** More would make the link too long to be copied; those opened first close. */
export const maxOpenGroups = 50

const usualSort: GroupSort = { column: 'total', descending: true }
const attributePrefix = 'attribute:'

function parseBy(text: string | null): GroupBy {
  if (text === 'service') return { kind: 'service' }
  if (text?.startsWith(attributePrefix) === true)
    return { kind: 'attribute', key: text.slice(attributePrefix.length) }
  return { kind: 'operation' }
}

function parseSort(text: string | null): GroupSort {
  const descending = text?.startsWith('-') === true
  const name = descending ? text.slice(1) : text
  const column = groupColumns.find((one) => one === name)
  return column === undefined ? usualSort : { column, descending }
}

export function parseTable(params: URLSearchParams): TableLocation {
  return {
    by: parseBy(params.get('group')),
    sort: parseSort(params.get('sort')),
    filter: params.get('filter') ?? '',
    open: (params.get('open') ?? '')
      .split('.')
      .filter((id) => /^[0-9a-f]{16}$/.test(id))
      .slice(-maxOpenGroups),
  }
}

/** Says nothing of what is as usual. */
export function formatTable({ by, sort, filter, open }: TableLocation, params: URLSearchParams): void {
  if (by.kind !== 'operation') params.set('group', by.kind === 'service' ? by.kind : attributePrefix + by.key)
  if (sort.column !== usualSort.column || sort.descending !== usualSort.descending)
    params.set('sort', (sort.descending ? '-' : '') + sort.column)
  if (filter !== '') params.set('filter', filter)
  if (open.length > 0) params.set('open', open.join('.'))
}
