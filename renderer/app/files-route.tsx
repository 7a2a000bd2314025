import { FileLines } from '../logs/file-lines'
import { FilesPage } from '../open/files-page'
import type { FilePanes } from '../state/file-panes'

const panes: FilePanes = { lines: FileLines }

/** The page of opened files. */
export function FilesRoute() {
  return <FilesPage panes={panes} />
}
