/** Where lines of opened files stand in a saved investigation: those of the first and the third set in `logs/files-1+3.json`. */

/** `sets`: the numbers of the files opened together that hold these lines; none for lines that were found elsewhere. `part` is counted from 1. */
export function linesPath(sets: readonly number[], part: number): string {
  const name = sets.length === 0 ? 'lines' : `files-${sets.join('+')}`
  return `logs/${name}${part === 1 ? '' : `.${part}`}.json`
}

/** Whether a document of a saved investigation, by its name or path, holds lines of a set. */
export function holdsLinesOf(name: string, set: number): boolean {
  const sets = /(?:^|\s)logs\/files-([\d+]+)(?:\.\d+)?\.json$/.exec(name)?.[1]
  return sets?.split('+').includes(String(set)) ?? false
}
