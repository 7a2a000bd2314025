/**
 * Opened files: dropped, chosen in a dialog, or given at the start. Every way ends at `/files?file=…`, whose page decides between a
 * list and straight to the trace. An id is that of a stored file, of a file the handler holds (`/api/files/:id`), or of many together
 * (file-groups.ts).
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { nameList } from '#shared/base/name-list'
import type { TraceInput } from '../worker/messages'
import { api } from '../client/api'
import { addressIds, forgetGroups } from './file-groups'
import { forgetStoredFiles, listStoredFiles, readStoredFile, storeFile, type StoredFile } from './file-store'
import { useGo } from './location'
import { useRemember } from './preferences'
import { shell } from './shell'

let problem: unknown
const listeners = new Set<() => void>()

function onTrouble(thrown: unknown): void {
  problem = thrown
  for (const listener of listeners) listener()
}

/** Why the last file will not survive a reload, if so. */
export function useFileProblem(): unknown {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => problem,
  )
}

/** Takes files in; they can be read at once, and are kept behind. */
export async function addFiles(files: readonly File[]): Promise<readonly StoredFile[]> {
  const keptAs = await shell?.keepFiles(files)
  return files.map((file, at) => storeFile(file, keptAs?.[at], onTrouble))
}

/**
 * What the worker reads for this id; undefined when the file is not here any more.
 * A file given at the start stays with the handler, which streams it.
 */
export async function inputOfFile(id: string): Promise<TraceInput | undefined> {
  const stored = await readStoredFile(id)
  if (stored) return { kind: 'file', name: stored.name, file: stored.file }
  const { files } = await api.app()
  const given = files.find((file) => file.id === id)
  return given && { kind: 'url', name: given.name, url: `/api/files/${encodeURIComponent(id)}` }
}

/** The link to opened files, by the ids of an address. */
export function hrefOfFiles(ids: readonly string[]): string {
  const params = new URLSearchParams(ids.map((id) => ['file', id]))
  return `/files?${params.toString()}`
}

/** Opens files of the person's: keeps them, remembers them for the start page, and goes to their page. */
export function useOpenFiles(): (files: readonly File[]) => Promise<void> {
  const go = useGo()
  const remember = useRemember()
  return useCallback(
    async (files) => {
      if (files.length === 0) return
      const stored = await addFiles(files)
      const href = hrefOfFiles(addressIds(stored.map((file) => file.id)))
      remember({
        name: nameList(stored.map((file) => file.name)),
        kind: '',
        holds: '',
        href,
        openedMs: Date.now(),
        sizeBytes: stored.reduce((sum, file) => sum + file.sizeBytes, 0),
      })
      go(href)
    },
    [go, remember],
  )
}

/** Goes to files the handler holds; asks it again first, for some may be new (a second `clew FILE`). */
export function useOpenGiven(): (ids: readonly string[]) => Promise<void> {
  const client = useQueryClient()
  const go = useGo()
  const remember = useRemember()
  return useCallback(
    async (ids) => {
      if (ids.length === 0) return
      await client.invalidateQueries({ queryKey: ['app'] })
      const { files } = await api.app()
      const given = files.filter((file) => ids.includes(file.id))
      const href = hrefOfFiles(addressIds(ids))
      if (given.length > 0)
        remember({
          name: nameList(given.map((file) => file.name)),
          kind: '',
          holds: '',
          href,
          openedMs: Date.now(),
          sizeBytes: given.reduce((sum, file) => sum + file.size, 0),
        })
      go(href)
    },
    [client, go, remember],
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

/** The files kept in this browser for a reload; a file the Electron shell reads from its place is not among them. */
export function useKeptFiles() {
  return useQuery({ queryKey: ['kept files'], queryFn: listStoredFiles, staleTime: 0 })
}

/** Forgets the files kept in this browser. */
export function useForgetFiles() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => {
      forgetGroups()
      return forgetStoredFiles()
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['kept files'] }),
  })
}
