import { useMemo } from 'react'
import { sourceOfFiles } from '../state/files-source'
import { useSources } from '../state/sources'
import type { InputReport } from '../state/trace-view'

/** Ids of the sources that hold a trace: those that sent spans of it, or what opened files are as a source. `asked`: ids in its address, if any. */
export function useCameFrom(
  asked: readonly string[],
  files: readonly string[],
  inputs: readonly InputReport[] | undefined,
): readonly string[] {
  const sources = useSources().data
  return useMemo(() => {
    if (files.length > 0) return [sourceOfFiles(files)]
    const names = inputs?.filter(({ spans }) => spans > 0).map(({ name }) => name) ?? []
    // Two may have one name.
    const isAsked = (id: string): boolean => asked.length === 0 || asked.includes(id)
    return sources?.filter(({ id, name }) => isAsked(id) && names.includes(name)).map(({ id }) => id) ?? []
  }, [asked, files, inputs, sources])
}
