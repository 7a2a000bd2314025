/** Why no answer came, from what fetch throws. */
import { productNames } from '#shared/api/new-source'
import { cancelled, failure, hostOf, secondsText, SourceError } from './source-error.ts'
import { certificateError } from './certificate-error.ts'
import type { SourceTarget } from './target.ts'

const timeoutWords = {
  answer: (name: string, time: string) => `${name} did not answer within ${time}.`,
  rest: (name: string, time: string) => `${name} stopped sending: nothing came for ${time}.`,
  end: (name: string, time: string) => `${name} did not get to the end of its answer within ${time}.`,
}

/** The first byte, the next one or the last took longer than the question is given. */
export function timeoutError(
  { name, timeoutMs }: SourceTarget,
  waitingFor: keyof typeof timeoutWords,
  limitMs = timeoutMs,
): SourceError {
  return failure(
    'timeout',
    timeoutWords[waitingFor](name, secondsText(limitMs)),
    // A question by the way is never given more, whatever the settings say.
    limitMs < timeoutMs
      ? `Check that it is running and not overloaded, then try again. Searches and traces are given ${secondsText(timeoutMs)}.`
      : 'Ask for a shorter time range, or give it more time in its connection settings.',
  )
}

/** The server ended the connection in the middle of an answer. */
export function cutOffError(target: SourceTarget, receivedBytes: number, detail?: string): SourceError {
  return failure(
    'cut-off',
    `The answer of ${target.name} broke off after ${receivedBytes.toLocaleString('en-US')} bytes.`,
    'Try again; if it breaks off at the same place, look at the server, or at the proxy before it.',
    { detail },
  )
}

/** Anything fetch threw before an answer came, as a SourceError. */
export function networkError(thrown: unknown, target: SourceTarget, usesProxy: boolean): SourceError {
  if (thrown instanceof SourceError) return thrown
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return cancelled()
  const cause = deepestCause(thrown)
  const { code, message } = cause
  const host = hostOf(target)
  const { name } = target
  const detail = code !== undefined && !message.includes(code) ? `${message} (${code})` : message
  const certificate = certificateError(cause, target)
  if (certificate !== undefined) return certificate
  if (usesProxy && (/^proxy response/i.test(message) || code === 'UND_ERR_PRX_TLS')) {
    return failure(
      'refused',
      `The proxy of this machine refused the way to ${name}.`,
      'Check HTTP_PROXY and HTTPS_PROXY, or name the host in NO_PROXY.',
      { detail },
    )
  }
  switch (code) {
    case 'ECONNREFUSED':
      return failure(
        'refused',
        usesProxy
          ? `The proxy of this machine, or ${name} behind it, refused the connection.`
          : `${name} refused the connection: nothing listens at ${host}.`,
        usesProxy
          ? 'Check HTTP_PROXY and HTTPS_PROXY, and that the server is running.'
          : 'Check that the server is running and that the port is right.',
        { detail },
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return failure(
        'not-found-host',
        `The host ${new URL(target.url).hostname} of ${name} cannot be found.`,
        'Check the spelling of the address, and that this machine is on the right network or VPN.',
        { detail },
      )
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return failure(
        'refused',
        `There is no way from this machine to ${name} at ${host}.`,
        'Check that this machine is on the right network or VPN.',
        { detail },
      )
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return timeoutError(target, 'answer')
    case 'EACCES':
    case 'EPERM':
      return failure(
        'refused',
        `This machine does not allow a connection to ${name} at ${host}.`,
        'Look at its firewall.',
        { detail },
      )
    default:
      break
  }
  if (code?.startsWith('HPE_') || /HTTP\/1\.1 protocol|Expected HTTP\//.test(message)) {
    return failure(
      'wrong-product',
      `What answers at ${host} does not speak HTTP as ${productNames[target.kind]} does.`,
      'Check the port: it may be a gRPC port, or one that wants https://.',
      { detail },
    )
  }
  if (message === 'bad port') {
    return failure(
      'bad-request',
      `Port ${new URL(target.url).port} is one that web clients refuse to ask, because other protocols live there.`,
      'Give the server another port, or put a proxy before it.',
    )
  }
  if (['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET', 'UND_ERR_CLOSED'].includes(code ?? '')) {
    return failure(
      'refused',
      `${name} closed the connection before it answered.`,
      target.url.startsWith('https:')
        ? 'Try again; the server may just be starting, or want a client certificate.'
        : 'Try again; the server may just be starting, or expect https://.',
      { detail },
    )
  }
  return failure(
    'bad-answer',
    `${name} could not be asked.`,
    'Check the address and the connection settings.',
    { detail },
  )
}

/** Code and message of the innermost error: fetch says only "fetch failed" and hides the reason in `cause`. */
export interface Cause {
  readonly code: string | undefined
  readonly message: string
  /** Of a certificate for other hosts: the ones it is for. */
  readonly altNames: string | undefined
}

/** Follows `cause`, and the first of several attempts (IPv6 and IPv4), down to the reason. */
export function deepestCause(thrown: unknown): Cause {
  let current = thrown
  for (let depth = 0; depth < 8; depth++) {
    if (current instanceof AggregateError && current.errors.length > 0) current = current.errors[0] as unknown
    else if (current instanceof Error && current.cause instanceof Error) current = current.cause
    else break
  }
  if (!(current instanceof Error)) return { code: undefined, message: String(current), altNames: undefined }
  const { code, cert } = current as Error & { code?: unknown; cert?: { subjectaltname?: unknown } }
  return {
    code: typeof code === 'string' ? code : undefined,
    message: withoutOpenSslMarks(current.message),
    altNames: typeof cert?.subjectaltname === 'string' ? cert.subjectaltname : undefined,
  }
}

/**
 * OpenSSL writes `404D08E3CE7F0000:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:../rec_layer_s3.c:1605:SSL
 * alert number 40`: what happened stands between a thread, a number and a function, and a line of its source.
 */
function withoutOpenSslMarks(message: string): string {
  const plain = message.replaceAll(
    /(?:\b[0-9a-f]{8,16}:)?error:[0-9a-f]{8}:[^:\n]*:[^:\n]*:([^:\n]*)(?::[^:\n]*\.c:\d+:?)?([^\n]*)/gi,
    (_, reason: string, more: string) => (more === '' ? reason : `${reason}, ${more.replace(/^:/, '')}`),
  )
  return plain === message ? message : plain.replace(/^(?:read|write) EPROTO /, '').trim()
}
