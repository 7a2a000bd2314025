import { useMemo } from 'react'
import { sourceOfFiles } from '../state/files-source'
import { useSources } from '../state/sources'
import type { InputReport } from '../state/trace-view'

/** Ids of the sources that hold a trace: those that sent spans of it, or what opened files are as a source. */
export function useCameFrom(
  files: readonly string[],
  inputs: readonly InputReport[] | undefined,
): readonly string[] {
  const sources = useSources().data
  return useMemo(() => {
    if (files.length > 0) return [sourceOfFiles(files)]
    const names = inputs?.filter(({ spans }) => spans > 0).map(({ name }) => name) ?? []
    return sources?.filter(({ name }) => names.includes(name)).map(({ id }) => id) ?? []
  }, [files, inputs, sources])
}
