/** Hands the documents of files over to the handler, unpacked, so that they can be asked like a server (`POST /api/opened`). */
import type { OpenedSource } from '#shared/api/contract'
import { detect, HEAD_BYTES } from '#shared/import/detect'
import { Blanks } from './blanks'
import { documentsOf, type InputDocument } from './documents'
import { type Environment, Pace } from './environment'
import { Barren, CutOff, errorOfResponse, Failure } from './failures'
import type { HandOver, TraceInput } from './messages'

/** So much goes at once: few requests, and little memory. */
const partBytes = 4_000_000

/** What the handler made of the files; rejects with a Failure where it has no room for them. */
export async function handOver(
  as: HandOver,
  inputs: readonly TraceInput[],
  environment: Environment,
  signal: AbortSignal,
  onRead: (bytes: number, broken: readonly string[]) => void,
): Promise<OpenedSource> {
  const path = `/api/opened/${encodeURIComponent(as.id)}`
  const post = async (to: string, type?: string, body?: BodyInit): Promise<Response> => {
    const init = {
      method: 'POST',
      signal,
      ...(type && { headers: { 'content-type': type } }),
      ...(body && { body }),
    }
    const response = await environment.fetch(to, init)
    if (!response.ok) throw new Failure(await errorOfResponse(as.name, response))
    return response
  }
  const broken: string[] = []
  await post('/api/opened', 'application/json', JSON.stringify(as))
  try {
    const pace = new Pace(environment)
    for (const document of await documentsOf(inputs, environment, signal)) {
      if (document.sameAs !== undefined) continue
      const to = `${path}/bytes?document=${encodeURIComponent(document.name)}`
      let sent = 0
      const onBytes = (bytes: number): void => onRead(bytes, broken)
      const onBroken = (): void => {
        broken.push(document.name)
        onRead(0, broken)
      }
      // oxlint-disable-next-line no-await-in-loop -- one after the other: the handler reads one at a time
      for await (const part of partsOf(document, onBytes, onBroken)) {
        await post(to, 'application/octet-stream', part)
        sent += part.length
        await pace.rest(signal)
      }
      // oxlint-disable-next-line no-await-in-loop
      if (sent > 0) await post(`${path}/document-end`)
      // oxlint-disable-next-line no-await-in-loop
      if (broken.at(-1) === document.name)
        await post(`${path}/broken?document=${encodeURIComponent(document.name)}`)
    }
    return (await (await post(`${path}/end`)).json()) as OpenedSource
  } catch (thrown) {
    // Whoever stops it wants none of it.
    if (signal.aborted) void environment.fetch(path, { method: 'DELETE' }).catch(() => undefined)
    throw thrown
  }
}

/** Neither text nor protobuf: there is nothing in it to be asked about. */
const isBinary = (head: Uint8Array): boolean =>
  head.length >= HEAD_BYTES && detect(head.subarray(0, HEAD_BYTES)).kind === 'binary'

/** A document in parts; one that breaks off ends there, and of one that is binary none come. */
async function* partsOf(
  document: InputDocument,
  onBytes: (bytes: number) => void,
  onBroken: () => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let part = new Uint8Array(partBytes)
  let used = 0
  try {
    const source = await document.open(onBytes)
    let isFirst = true
    const blanks = new Blanks()
    for await (const chunk of source.chunks) {
      if (isFirst && isBinary(chunk)) return
      isFirst = false
      blanks.take(chunk)
      for (let at = 0; at < chunk.length;) {
        const taken = chunk.subarray(at, at + partBytes - used)
        part.set(taken, used)
        used += taken.length
        at += taken.length
        if (used < partBytes) continue
        yield part
        part = new Uint8Array(partBytes)
        used = 0
      }
    }
  } catch (thrown) {
    // Why it is not read on is said where its traces are looked for.
    if (![Failure, CutOff, Barren].some((kind) => thrown instanceof kind)) throw thrown
    onBroken()
  }
  if (used > 0) yield part.subarray(0, used)
}
