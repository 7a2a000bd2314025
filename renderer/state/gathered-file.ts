/** A file of what is saved. */
export interface GatheredFile {
  readonly path: string
  readonly content: Uint8Array<ArrayBuffer>
}

/** A file of JSON. */
export const jsonFile = (path: string, value: unknown): GatheredFile => ({
  path,
  content: new TextEncoder().encode(JSON.stringify(value)),
})
