/** The page's end of the log worker: one call, abortable. */
import type { ApiError } from '#shared/api/contract'
import type { FromLogWorker, LogPage, PageQuestion, ToLogWorker } from '../worker/log-messages'
import { ClewError } from './api'

interface Pending {
  readonly resolve: (page: LogPage) => void
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
    pending.delete(data.id)
    if ('page' in data) asked?.resolve(data.page)
    else asked?.reject(new ClewError(data.error))
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

/** Reads a page of lines; rejects with a ClewError, `cancelled` when it was aborted. */
export function readLogPage(question: PageQuestion, signal: AbortSignal): Promise<LogPage> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new ClewError(cancelled))
      return
    }
    const id = ++lastId
    const leave = (): void => {
      if (!pending.delete(id)) return
      tell({ id, question: undefined })
      reject(new ClewError(cancelled))
    }
    signal.addEventListener('abort', leave, { once: true })
    pending.set(id, { resolve, reject })
    tell({ id, question })
  })
}
