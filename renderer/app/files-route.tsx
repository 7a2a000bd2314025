import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { FileLines } from '../logs/file-lines'
import { FilesPage } from '../open/files-page'
import { SavedFilesPage } from '../open/saved-files'
import type { FilePanes } from '../state/file-panes'
import { savedSetOf } from '../state/files-source'
import { hrefOfInvestigation } from '../state/files'
import { useGo } from '../state/location'
import { useOpenInvestigation } from '../state/open-investigation'
import { EmptyState } from '../ui/empty-state'
import { say } from '../ui/status-message'

const panes: FilePanes = { lines: FileLines }

/** What was said of files that were opened is not said under those that are opened next. */
let takeBack = (): void => undefined

/** The page of opened files, or of those that a saved investigation lists. */
export function FilesRoute() {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  return savedSetOf(new URLSearchParams(search)) === undefined ? (
    <OpenedRoute />
  ) : (
    <SavedFilesPage panes={panes} />
  )
}

/** A saved investigation leads on to its own page. */
function OpenedRoute() {
  const search = useLocation({ select: ({ searchStr }) => searchStr })
  const files = new URLSearchParams(search).getAll('file')
  const opened = useOpenInvestigation(files)
  const go = useGo()
  const href = hrefOfInvestigation(files)
  useEffect(() => {
    if (opened.kind === 'looking') return
    takeBack()
    if (opened.kind !== 'investigation') return
    takeBack = say(opened.sentence, { tone: opened.isWhole ? 'done' : 'warn' })
    go(href, { replace: true })
  }, [opened, href, go])
  if (opened.kind === 'refused')
    return (
      <>
        <h1 className="sr">Files</h1>
        <EmptyState title={opened.sentence}>
          Open it with the Clew that saved it, or a newer one. The traces and lines in it are plain files in a
          zip.
        </EmptyState>
      </>
    )
  return opened.kind === 'other' ? <FilesPage panes={panes} /> : undefined
}
