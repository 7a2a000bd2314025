import type { SpanIndex, Trace } from '#shared/trace/table'

/** The first child that another service recorded: the other side of a call; -1 where none arrived. Cost: the children. */
export function answeringRow({ spans }: Trace, row: SpanIndex): SpanIndex {
  for (let child = row + 1; child < spans.subtreeEnd[row]; child = spans.subtreeEnd[child])
    if (spans.service[child] !== spans.service[row]) return child
  return -1
}
