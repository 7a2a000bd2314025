/** The id by which opened files are asked as a source. */
const prefix = 'files:'

/** The id of the source that files of an address become. */
export const sourceOfFiles = (ids: readonly string[]): string => `${prefix}${ids.join(',')}`

/** The files that a source is made of, as they stand in an address; none where it is another source. */
export function filesOfSource(id: string): readonly string[] {
  return id.startsWith(prefix) ? id.slice(prefix.length).split(',') : []
}
