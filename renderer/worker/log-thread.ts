/** Answers the page's questions for lines: asks the handler, reads the answer into columns. The paging is in log-pages.ts. */
import type { ApiError } from '#shared/api/contract'
import type { Labels } from '#shared/api/logs'
import { readingsOfCut } from '#shared/base/cut-json'
import { type LogBatch } from '#shared/logs/batch'
import { isMerged, LinesError, type Order, readAnswer, type ReadLines } from '#shared/logs/read-lines'
import { answerOf, sourceOf } from './byte-source'
import type { Environment } from './environment'
import { apiError, cancelledError, CutOff, Failure } from './failures'
import type { FromLogWorker, PageQuestion, ToLogWorker } from './log-messages'
import { labelNames } from './label-names'
import { type LogServer, readPage } from './log-pages'
import { readTail } from './log-tail'

/** Gives a message to the page; `transfer` lists buffers that are handed over rather than copied. */
type Send = (message: FromLogWorker, transfer: ArrayBuffer[]) => void

/** The log thread: hand it every message of the page; answers come through `send`. */
export class LogThread {
  readonly #environment: Pick<Environment, 'fetch'>
  readonly #send: Send
  readonly #running = new Map<number, { readonly stop: AbortController; readonly enough: AbortController }>()

  constructor(environment: Pick<Environment, 'fetch'>, send: Send) {
    this.#environment = environment
    this.#send = send
  }

  /** Resolves when the message has been dealt with; never rejects. */
  async handle(message: ToLogWorker): Promise<void> {
    const { id } = message
    if (message.kind === 'stop' || message.kind === 'enough') {
      this.#running.get(id)?.[message.kind].abort()
      return
    }
    const running = { stop: new AbortController(), enough: new AbortController() }
    const { signal } = running.stop
    this.#running.set(id, running)
    try {
      if (message.kind === 'page') {
        const { question } = message
        const server = logServer(question.source, this.#environment, signal, running.enough.signal)
        const page = await readPage(question, server)
        this.#send({ id, page }, buffersOf(page.batch))
      } else {
        await readTail(message.question, this.#environment, signal, (lines) =>
          this.#send({ id, lines }, buffersOf(lines.batch)),
        )
        this.#send({ id, ended: true }, [])
      }
    } catch (thrown) {
      this.#send({ id, error: errorOf(thrown, signal) }, [])
    } finally {
      this.#running.delete(id)
    }
  }
}

function logServer(
  source: PageQuestion['source'],
  environment: Pick<Environment, 'fetch'>,
  signal: AbortSignal,
  enough: AbortSignal,
): LogServer {
  const ask = (route: string, params: Record<string, string>): Promise<Response> => {
    const url = `/api/sources/${encodeURIComponent(source.id)}/logs/${route}?${new URLSearchParams(params).toString()}`
    return answerOf(source.name, url, environment, signal, enough)
  }
  return {
    async lines(query, window, limit, order) {
      const direction = order === 'newest' ? 'backward' : 'forward'
      const response = await ask('lines', { query, ...window, limit: String(limit), direction })
      const kept = Number(response.headers.get('x-clew-limit') ?? limit)
      const { answer, isCut } = parsed(await textOf(response, source.name, signal), source.name, enough)
      const indexed = isMerged(answer) ? await labelNames(source, window, environment, signal) : undefined
      return { ...read(answer, source.name, order, indexed), limit: kept, isCut }
    },
    async series(selector, window) {
      const response = await ask('series', { query: selector, ...window })
      return (await response.json()) as readonly Labels[]
    },
  }
}

async function textOf(response: Response, name: string, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of sourceOf(response, signal, () => undefined).chunks)
      text += decoder.decode(chunk, { stream: true })
  } catch (thrown) {
    if (!(thrown instanceof CutOff)) throw thrown
    throw new Failure(
      apiError(
        'cut-off',
        `The lines of ${name} broke off on their way, or were too many bytes for one page.`,
        'Try again, or ask for fewer lines or a shorter time range.',
        { detail: thrown.message },
      ),
    )
  }
  return text + decoder.decode()
}

function parsed(
  text: string,
  name: string,
  enough: AbortSignal,
): { readonly answer: unknown; readonly isCut: boolean } {
  try {
    return { answer: JSON.parse(text) as unknown, isCut: false }
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    if (!enough.aborted) throw noLines(name, thrown.message)
    // The longest has most lines; where not one was whole there is none.
    const [reading = noStreams] = readingsOfCut(text)
    return { answer: JSON.parse(reading) as unknown, isCut: true }
  }
}

const noStreams = '{"data":{"resultType":"streams","result":[]}}'

function read(
  answer: unknown,
  name: string,
  order: Order,
  indexed: ReadonlySet<string> | undefined,
): ReadLines {
  try {
    return readAnswer(answer, order, indexed)
  } catch (thrown) {
    if (!(thrown instanceof LinesError)) throw thrown
    throw noLines(name, thrown.message)
  }
}

const noLines = (name: string, detail: string): Failure =>
  new Failure(
    apiError(
      'bad-answer',
      `The answer of ${name} is not a list of log lines.`,
      'Check that it is a Loki, and that the query asks for lines.',
      { detail },
    ),
  )

function errorOf(thrown: unknown, signal: AbortSignal): ApiError {
  if (thrown instanceof Failure) return thrown.error
  if (signal.aborted) return cancelledError
  return apiError(
    'internal',
    'Clew stumbled over these lines.',
    'Ask for fewer lines, or a shorter time range.',
    {
      detail: thrown instanceof Error ? thrown.message : String(thrown),
    },
  )
}

/** Every column has a buffer of its own. */
function buffersOf(batch: LogBatch): ArrayBuffer[] {
  const { ms, subMs, stream, level, textEnd, extraEnd } = batch
  return [ms, subMs, stream, level, textEnd, extraEnd].map((column) => column.buffer as ArrayBuffer)
}
