/** What derived answers read of a drawn trace: the real thing, as the worker puts it together. */
import type { SpanReader } from '#shared/derive/find/span-reader'
import { spanReader } from '../../renderer/worker/span-reader.ts'
import type { DrawnTrace } from './trace-from-text.ts'

/** Reads the bytes behind a drawn trace. */
export const readerOf = (drawn: DrawnTrace): SpanReader => spanReader(drawn, drawn.trace)
