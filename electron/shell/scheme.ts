/** The page's origin in the Electron shell, `app://clew`, answered by the same handler as the browser shell's port. */
import type { CustomScheme, Protocol } from 'electron'
import type { ApiError } from '#shared/api/contract'
import type { Handler } from '../handler/options.ts'

const scheme = 'app'

/** The only origin the window ever shows. */
export const appOrigin = `${scheme}://clew`

/**
 * Must be registered before the app is ready, in the first turn of the event loop. `standard`: relative URLs and an origin of its own;
 * `secure`: a secure context; `codeCache`: compiled scripts are kept between runs.
 */
export const customSchemes: CustomScheme[] = [
  {
    scheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
]

/** Has the handler answer everything under `app://clew`. */
export function mountHandler(protocol: Pick<Protocol, 'handle'>, handler: Handler): void {
  protocol.handle(scheme, (request) => answerScheme(request, handler))
}

/**
 * One request of the scheme. Electron's Request has no signal; when the page aborts, it cancels the body of the answer. So the handler
 * gets a signal of ours, which that cancel fires.
 */
export async function answerScheme(
  request: Request & { readonly initiatorOrigin?: string },
  handler: Pick<Handler, 'fetch'>,
): Promise<Response> {
  const { host } = new URL(request.url)
  // Set by the browser process, so a page cannot forge it. Absent when the window itself opens an address.
  const { initiatorOrigin } = request
  if (host !== 'clew' || (initiatorOrigin !== undefined && initiatorOrigin !== appOrigin)) return refused()

  const controller = new AbortController()
  const answer = await handler.fetch(new Request(request, { signal: controller.signal }))
  if (!answer.body) return answer
  const reader = answer.body.getReader()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(stream) {
        const { done, value } = await reader.read()
        if (done) stream.close()
        else stream.enqueue(value)
      },
      async cancel(reason) {
        controller.abort(reason)
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, answer)
}

function refused(): Response {
  const error: ApiError = {
    kind: 'forbidden',
    message: 'This request did not come from Clew’s own page.',
    detail: undefined,
    advice: 'Open Clew itself.',
    status: undefined,
  }
  return Response.json(error, { status: 403 })
}
