/** What the page of files shows besides traces: given to it, for features know nothing of each other. */
import type { ComponentType } from 'react'
import type { FileLogs } from './file-logs'

export interface FileLinesProps {
  readonly logs: readonly FileLogs[]
  /** The trace that a line names, where these files hold it. */
  readonly hrefOf: (traceId: string, spanId: string | undefined) => string | undefined
}

export interface FilePanes {
  readonly lines: ComponentType<FileLinesProps>
}
