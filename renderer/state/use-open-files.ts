/**
 * Opening files. Every way ends at `/files?file=…`, whose page decides between a list and straight to the trace; but what is on screen
 * is only left for files that hold something.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { nameList } from '#shared/base/name-list'
import { api } from '../client/api'
import { addressIds } from './file-groups'
import { addFiles, hrefOfFiles } from './files'
import { useGo } from './location'
import { useRemember } from './preferences'
import { shell } from './shell'
import { reportUnread, whatIsUnread } from './unread-files'

interface NamedFile {
  readonly name: string
  readonly sizeBytes: number
}

/** Nothing would be lost by leaving: the start page, and that of files while none is open. */
const isPlain = ({ pathname, search }: Location): boolean =>
  pathname === '/' || (pathname === '/files' && search === '')

/** Goes to the page of files and remembers them for the start page. */
function useGoToFiles(): (ids: readonly string[], files: readonly NamedFile[]) => Promise<void> {
  const client = useQueryClient()
  const go = useGo()
  const remember = useRemember()
  return useCallback(
    async (ids, files) => {
      const address = addressIds(ids)
      const unread = isPlain(window.location) ? [] : await whatIsUnread(client, address)
      if (unread === undefined) return
      reportUnread(unread)
      if (unread.length > 0) return
      const href = hrefOfFiles(address)
      if (files.length > 0)
        remember({
          name: nameList(files.map((file) => file.name)),
          kind: '',
          holds: '',
          href,
          openedMs: Date.now(),
          sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
        })
      go(href)
    },
    [client, go, remember],
  )
}

/** Opens files of the person's, and keeps them. */
export function useOpenFiles(): (files: readonly File[]) => Promise<void> {
  const goToFiles = useGoToFiles()
  return useCallback(
    async (files) => {
      if (files.length === 0) return
      const stored = await addFiles(files)
      await goToFiles(
        stored.map((file) => file.id),
        stored,
      )
    },
    [goToFiles],
  )
}

/** Opens files the handler holds; asks it again first, for some may be new (a second `clew FILE`). */
export function useOpenGiven(): (ids: readonly string[]) => Promise<void> {
  const client = useQueryClient()
  const goToFiles = useGoToFiles()
  return useCallback(
    async (ids) => {
      if (ids.length === 0) return
      await client.invalidateQueries({ queryKey: ['app'] })
      const { files } = await api.app()
      const given = files.filter((file) => ids.includes(file.id))
      await goToFiles(
        ids,
        given.map(({ name, size }) => ({ name, sizeBytes: size })),
      )
    },
    [client, goToFiles],
  )
}

function askBrowser(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** Shows the system's dialog and opens what is chosen. Browsers want a click or a key just before. */
export function useChooseFiles(): () => Promise<void> {
  const openFiles = useOpenFiles()
  const openGiven = useOpenGiven()
  return useCallback(
    async () => (shell ? openGiven(await shell.chooseFiles()) : openFiles(await askBrowser())),
    [openFiles, openGiven],
  )
}
