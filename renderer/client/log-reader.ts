/** The page's end of the log worker: a page of lines, or lines as they come; both can be stopped. */
import type { ApiError } from '#shared/api/contract'
import type {
  FromLogWorker,
  LogPage,
  PageQuestion,
  TailLines,
  TailQuestion,
  ToLogWorker,
} from '../worker/log-messages'
import { ClewError } from './api'

interface Pending {
  readonly settle: (message: FromLogWorker) => void
  readonly onLines: ((lines: TailLines) => void) | undefined
  readonly reject: (error: ClewError) => void
}

const cancelled: ApiError = {
  kind: 'cancelled',
  message: 'Stopped.',
  detail: undefined,
  advice: 'Start it again when you need it.',
  status: undefined,
}

let worker: Worker | undefined
let lastId = 0
const pending = new Map<number, Pending>()

function running(): Worker {
  if (worker !== undefined) return worker
  const started = new Worker(new URL('../worker/logs.worker.ts', import.meta.url), { type: 'module' })
  started.addEventListener('message', ({ data }: MessageEvent<FromLogWorker>) => {
    const asked = pending.get(data.id)
    if ('lines' in data) {
      asked?.onLines?.(data.lines)
      return
    }
    pending.delete(data.id)
    if ('error' in data) asked?.reject(new ClewError(data.error))
    else asked?.settle(data)
  })
  started.addEventListener('error', (event) => {
    event.preventDefault()
    started.terminate()
    worker = undefined
    const error = new ClewError({
      kind: 'internal',
      message: 'The part of Clew that reads logs stopped unexpectedly.',
      detail: event.message,
      advice: 'Ask again, for fewer lines or a shorter time range.',
      status: undefined,
    })
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  })
  worker = started
  return started
}

function tell(message: ToLogWorker): void {
  running().postMessage(message, [])
}

type Question =
  | { readonly kind: 'page'; readonly question: PageQuestion }
  | {
      readonly kind: 'tail'
      readonly question: TailQuestion
    }

function ask(
  question: Question,
  signal: AbortSignal,
  { onLines, enough }: { onLines?: (lines: TailLines) => void; enough?: AbortSignal } = {},
): Promise<FromLogWorker> {
  return new Promise((settle, reject) => {
    if (signal.aborted) {
      reject(new ClewError(cancelled))
      return
    }
    const id = ++lastId
    const leave = (): void => {
      if (!pending.delete(id)) return
      tell({ id, kind: 'stop' })
      reject(new ClewError(cancelled))
    }
    const end = (): void => tell({ id, kind: 'enough' })
    signal.addEventListener('abort', leave, { once: true })
    enough?.addEventListener('abort', end, { once: true })
    const over =
      <Value>(act: (value: Value) => void) =>
      (value: Value): void => {
        signal.removeEventListener('abort', leave)
        enough?.removeEventListener('abort', end)
        act(value)
      }
    pending.set(id, { settle: over(settle), reject: over(reject), onLines })
    tell({ id, ...question })
  })
}

/** Reads a page of lines; rejects with a ClewError, `cancelled` when it was aborted. `enough` ends it with the lines that came. */
export async function readLogPage(
  question: PageQuestion,
  signal: AbortSignal,
  enough?: AbortSignal,
): Promise<LogPage> {
  const answer = await ask({ kind: 'page', question }, signal, { ...(enough && { enough }) })
  if (!('page' in answer)) throw new Error('The log worker answered something else than a page')
  return answer.page
}

/** Hands on lines as they come; resolves when the server ends the tail, rejects with a ClewError when it breaks off. */
export async function followLogs(
  question: TailQuestion,
  onLines: (lines: TailLines) => void,
  signal: AbortSignal,
): Promise<void> {
  await ask({ kind: 'tail', question }, signal, { onLines })
}
