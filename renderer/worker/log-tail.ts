/** Follows a log: frames as they come are put together for a moment, so that the page draws a few times a second and not for each line. */
import { isMerged, readFrames } from '#shared/logs/read-lines'
import { answerOf, sourceOf } from './byte-source'
import type { Environment } from './environment'
import { apiError, CutOff, Failure } from './failures'
import { labelNames } from './label-names'
import type { TailLines, TailQuestion } from './log-messages'

const hourNs = 3_600_000_000_000n
/** So long frames are put together. */
const gatherMs = 150
/** A frame that is longer than this is none. */
const mostUnits = 64e6

/** Hands on lines until the server ends the tail; rejects with a Failure when it breaks off. */
export async function readTail(
  { source, query, order, startNs }: TailQuestion,
  environment: Pick<Environment, 'fetch'>,
  signal: AbortSignal,
  onLines: (lines: TailLines) => void,
): Promise<void> {
  const params = new URLSearchParams({ query, startNs })
  const url = `/api/sources/${encodeURIComponent(source.id)}/logs/tail?${params.toString()}`
  const response = await answerOf(source.name, url, environment, signal)
  let frames: unknown[] = []
  let indexed: ReadonlySet<string> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (frames.length === 0) return
    const lines = readFrames(frames, order, indexed)
    frames = []
    if (lines.batch.length > 0 || lines.dropped > 0) onLines(lines)
  }
  const decoder = new TextDecoder()
  /** What came of a frame that has not ended, in pieces: a long one is not put together again for each of them. */
  let pieces: string[] = []
  let heldUnits = 0
  try {
    for await (const chunk of sourceOf(response, signal, () => undefined).chunks) {
      const text = decoder.decode(chunk, { stream: true })
      const end = text.lastIndexOf('\n')
      if (end >= 0) {
        const whole = pieces.join('') + text.slice(0, end)
        const came = whole.split('\n').map(parsed)
        if (indexed === undefined && came.some(isMerged)) {
          const window = { startNs, endNs: String(BigInt(startNs) + hourNs) }
          indexed = await labelNames(source, window, environment, signal)
        }
        frames.push(...came)
        timer ??= setTimeout(flush, gatherMs)
        pieces = []
        heldUnits = 0
      }
      pieces.push(text.slice(end + 1))
      heldUnits += text.length - end - 1
      if (heldUnits > mostUnits) throw new Failure(endless(source.name))
    }
    flush()
  } catch (thrown) {
    // What came before it broke off is good.
    flush()
    if (!(thrown instanceof CutOff)) throw thrown
    throw new Failure(
      apiError('cut-off', `The live stream of ${source.name} broke off.`, 'It is opened again.', {
        detail: thrown.message,
      }),
    )
  }
}

/** Undefined for what is no JSON; such a frame has no lines. */
function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    // A server that says other things in between is still followed.
    return undefined
  }
}

const endless = (name: string) =>
  apiError('bad-answer', `${name} sends something without end that is no log line.`, 'Check its address.')
