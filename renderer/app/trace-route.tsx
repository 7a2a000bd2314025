import { FlamePane } from '../flame/flame-pane'
import { SpanTablePane } from '../span-table/span-table-pane'
import type { TracePanes } from '../state/trace-pane'
import { TracePage } from '../waterfall/trace-page'

/** Ways of looking at a trace besides the waterfall: features know nothing of each other, so they meet here. */
const panes: TracePanes = { flame: FlamePane, table: SpanTablePane }

/** The page of one trace. */
export function TraceRoute() {
  return <TracePage panes={panes} />
}
