/**
 * Opened files: dropped, chosen in a dialog, or given at the start (use-open-files.ts). An id is that of a stored file, of a file the handler holds (`/api/files/:id`), or of many together
 * (file-groups.ts).
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { TraceInput } from '../worker/messages'
import { api } from '../client/api'
import { forgetGroups } from './file-groups'
import { forgetStoredFiles, listStoredFiles, readStoredFile, storeFile, type StoredFile } from './file-store'
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
  return (
    given && {
      kind: 'url',
      name: given.name,
      url: `/api/files/${encodeURIComponent(id)}`,
      size: given.size,
    }
  )
}

/** The link to opened files, by the ids of an address. */
export function hrefOfFiles(ids: readonly string[]): string {
  const params = new URLSearchParams(ids.map((id) => ['file', id]))
  return `/files?${params.toString()}`
}

/** The link to the investigation that files are: the files stay in the address, so that they are there again after a reload. */
export const hrefOfInvestigation = (ids: readonly string[]): string =>
  hrefOfFiles(ids).replace('/files', '/investigation')

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
