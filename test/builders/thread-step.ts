import type { Step } from '#shared/thread/thread'

/** A step of lines, named after its id. */
export const threadStep = (id: string): Step => ({
  id,
  parent: '',
  place: `/logs?query=${id}`,
  signal: 'log',
  title: id,
  sources: [],
  query: id,
  count: '',
  atMs: 1,
  name: '',
  note: '',
  isPinned: false,
})
