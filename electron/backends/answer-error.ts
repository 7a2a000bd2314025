/** Answers that are not what was asked for, as errors that say what happened and what to try. */
import { productNames } from '#shared/api/new-source'
import type { ErrorKind, TriedRequest } from '#shared/api/contract'
import { withoutSecretsOf } from './blot.ts'
import { htmlTitle, isHtml, serverWords, withPageTitle } from './server-words.ts'
import { failure, hostOf, SourceError, type FailureDetail } from './source-error.ts'
import type { SourceTarget } from './target.ts'

/** An answer that failed, with as much of its text as was read. */
export interface FailedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Path under the source's address. */
  readonly path: string
}

/** An answer whose status is not 2xx. */
export function statusError(target: SourceTarget, answer: FailedAnswer): SourceError {
  const { error } = plainStatusError(target, answer)
  return new SourceError(
    isHtml(answer.text) ? { ...error, message: withPageTitle(error.message, answer.text, target) } : error,
  )
}

function plainStatusError(target: SourceTarget, answer: FailedAnswer): SourceError {
  const { status, text } = answer
  const { name } = target
  const detail = serverWords(text, target)
  const said = { detail, status }
  if (status >= 300 && status < 400) return redirectError(target, answer)
  // Go servers and nginx say this when plain HTTP arrives at a TLS port.
  if (status === 400 && /HTTP request (to an HTTPS server|was sent to HTTPS port)/i.test(text)) {
    return failure(
      'bad-answer',
      `${name} wants https.`,
      'Enter the address with https:// instead of http://.',
      said,
    )
  }
  // nginx, after the connection was made without the certificate it wanted.
  if (status === 400 && /No required SSL certificate|SSL certificate error/i.test(text)) {
    return failure(
      'certificate',
      `${name} asks for a client certificate, and got none that it accepts.`,
      'Enter a client certificate and its key that the server accepts.',
      said,
    )
  }
  if ([400, 401, 403].includes(status) && /no org id|x-scope-orgid|tenant/i.test(text)) {
    return tenantError(target, said)
  }
  switch (status) {
    case 401:
      return failure(
        'unauthorized',
        `${name} does not accept who is asking (401).`,
        credentialsAdvice(target),
        said,
      )
    case 403:
      return failure(
        'forbidden',
        `${name} knows who is asking and does not allow it (403).`,
        'Ask for access to it, or use other credentials.',
        said,
      )
    case 404:
      return failure(
        'not-found',
        `${name} has nothing at ${answer.path} (404).`,
        'Check the path prefix in its address, and that it is the right kind of server.',
        said,
      )
    case 408:
    case 504:
      return failure(
        'timeout',
        `${name} gave up before it had the answer (${status}).`,
        'Ask for a shorter time range.',
        said,
      )
    case 413:
    case 422:
      return failure(
        status === 422 && !/max size|too large|exceed/i.test(text) ? 'bad-query' : 'too-large',
        `${name} refuses because it would be too much (${status}).`,
        'Ask for a shorter time range or a smaller limit.',
        said,
      )
    case 429:
      return failure('rate-limited', `${name} is asked too often (429).`, retryAdvice(answer.headers), said)
    case 499:
      return failure('timeout', `The request to ${name} was cancelled on its way (499).`, 'Try again.', said)
    case 501:
      return failure(
        'not-found',
        `${name} is set up without what this needs (501).`,
        'Look at the settings of the server.',
        said,
      )
    case 502:
    case 503:
      return failure(
        'server-error',
        status === 502
          ? `The proxy before ${name} gets no answer from it (502).`
          : `${name} is not ready, or has too much to do (503).`,
        `Check that the server is running; ${retryAdvice(answer.headers, 'try again in a moment.')}`,
        said,
      )
    default:
      break
  }
  if (status >= 500) {
    return failure(
      'server-error',
      `${name} failed on its side (${status}).`,
      'Its log says more; a shorter time range may help.',
      said,
    )
  }
  return failure(
    'bad-query',
    `${name} does not understand what it was asked (${status}).`,
    'Change the query.',
    said,
  )
}

function tenantError(
  target: SourceTarget,
  said: { detail: string | undefined; status: number },
): SourceError {
  return target.tenant === ''
    ? failure(
        'needs-tenant',
        `${target.name} keeps the data of several tenants and needs to know which.`,
        'Enter the tenant in its connection settings.',
        said,
      )
    : failure(
        'needs-tenant',
        `${target.name} does not serve the tenant “${target.tenant}”.`,
        'Check the tenant in its connection settings.',
        said,
      )
}

function credentialsAdvice({ auth, headers }: SourceTarget): string {
  if (auth.kind === 'basic') return 'Check the user and the password in its connection settings.'
  if (auth.kind === 'bearer') return 'Check the token in its connection settings; it may have expired.'
  if (headers.length > 0) return 'Check the headers in its connection settings.'
  return 'Add a user and password, or a token, to its connection settings.'
}

function retryAdvice(headers: Headers, otherwise = 'Wait a moment, then try again.'): string {
  const after = headers.get('retry-after')?.trim() ?? ''
  if (after === '') return otherwise
  // A date is by the server's clock, which may differ from ours.
  const serverMs = Date.parse(headers.get('date') ?? '')
  const nowMs = Number.isNaN(serverMs) ? Date.now() : serverMs
  const waitMs = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - nowMs
  if (!Number.isFinite(waitMs) || waitMs <= 0) return otherwise
  const sentence = `it asks for ${waitText(Math.ceil(waitMs / 1000))} of patience.`
  return otherwise.startsWith('try') ? sentence : `Wait: ${sentence}`
}

/** `30 s`, `15 min`, `24 h`: rounded up, for who comes too early is refused again. */
function waitText(seconds: number): string {
  if (seconds <= 120) return `${seconds} s`
  return seconds <= 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`
}

const loginWords =
  /\blog[ -]?in\b|\bsign[ -]?in\b|single sign|\bsso\b|oauth|authori[sz]|authenticat|saml|keycloak|okta/i

function redirectError(target: SourceTarget, { status, headers, path }: FailedAnswer): SourceError {
  const location = headers.get('location')
  if (location === null) {
    return failure(
      'bad-answer',
      `${target.name} answered ${path} with ${status} and nowhere to go on.`,
      'Check that the address leads to the server; a proxy before it may be set up wrongly.',
      { detail: undefined, status },
    )
  }
  const to = URL.parse(location, target.url)
  const here = new URL(target.url)
  const detail = withoutSecretsOf(
    target,
    to === null || to.origin === 'null' ? location : to.origin + to.pathname,
  )
  if (to !== null && to.hostname === here.hostname && to.protocol === 'https:' && here.protocol === 'http:') {
    return failure(
      'bad-answer',
      `${target.name} wants https.`,
      'Enter the address with https:// instead of http://.',
      { detail, status },
    )
  }
  if (loginWords.test(location)) return loginError(target, { detail, status })
  if (to?.origin === here.origin) {
    return failure(
      'bad-answer',
      `${target.name} sends the request from one of its addresses to the next without end (${status}).`,
      'Check the path prefix in its address, and the rules of the proxy before it.',
      { detail, status },
    )
  }
  return failure(
    'bad-answer',
    `${target.name} sends the request on to another server, which is not asked (${status}).`,
    'If that is the right place, enter its address in the connection.',
    { detail, status },
  )
}

function loginError(target: SourceTarget, said: FailureDetail, page = ''): SourceError {
  return failure(
    'login-page',
    withPageTitle(`A login page answers in place of ${target.name}.`, page, target),
    'A person can log in there, a program cannot: add a token or header that gets past it, or use an address behind it.',
    said,
  )
}

const productTitles: readonly { readonly title: RegExp; readonly product: string }[] = [
  { title: /jaeger/i, product: 'Jaeger' },
  { title: /prometheus/i, product: 'Prometheus' },
  { title: /zipkin/i, product: 'Zipkin' },
  { title: /grafana mimir/i, product: 'Mimir' },
  { title: /thanos/i, product: 'Thanos' },
  { title: /victoriametrics|vmui/i, product: 'VictoriaMetrics' },
  { title: /^grafana/i, product: 'Grafana' },
  { title: /kibana|opensearch/i, product: 'Kibana' },
]

/** A web page came where data was asked for: a login, the UI of the product (a wrong path prefix), or something else altogether. */
export function htmlError(target: SourceTarget, { status, text, path }: FailedAnswer): SourceError {
  const title = htmlTitle(text)
  const said = { status }
  const product = productTitles.find((known) => title !== undefined && known.title.test(title))?.product
  if (/type=["']?password/i.test(text) || (product !== 'Grafana' && loginWords.test(title ?? ''))) {
    return loginError(target, said, text)
  }
  const wanted = productNames[target.kind]
  if (product === wanted) {
    return failure(
      'wrong-product',
      `${target.name} answers with its web page where data was asked for (${path}).`,
      'Check the path prefix in its address: it may be missing, or one level too deep.',
      said,
    )
  }
  if (product === 'Grafana') {
    return failure(
      'wrong-product',
      `This is Grafana, not ${wanted}.`,
      'Paste the address of a data source of Grafana, and add a service account token as bearer token.',
      said,
    )
  }
  if (product !== undefined) {
    return failure(
      'wrong-product',
      `This is ${product}, not ${wanted}.`,
      'Choose the kind that fits, or enter another address.',
      said,
    )
  }
  return failure(
    'wrong-product',
    withPageTitle(`A web page answers at ${hostOf(target)}, not the data of ${wanted}.`, text, target),
    'Check the address and its path prefix.',
    said,
  )
}

/** Something came that is neither of the types asked for. */
export function wrongTypeError(
  target: SourceTarget,
  { status, headers, text, path }: FailedAnswer,
): SourceError {
  if (isHtml(text)) return htmlError(target, { status, headers, text, path })
  const named = withoutSecretsOf(target, headers.get('content-type')?.split(';')[0]?.trim() ?? '')
  const type = named === '' ? 'an unnamed type' : named.slice(0, 120)
  return failure(
    'bad-answer',
    `${target.name} answered ${path} with ${type}, which cannot be read here.`,
    `Check that the address leads to ${productNames[target.kind]}.`,
    { detail: isText(text) ? beginning(serverWords(text, target)) : undefined, status },
  )
}

/** Enough to tell what came; the words of an answer that is no error are many. */
const beginning = (words: string | undefined): string | undefined => words?.slice(0, 500)

function isText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what tells bytes from words
  return !/[\x00-\x08\x0e-\x1f\ufffd]/.test(text.slice(0, 500))
}

/** JSON that ends in the middle, or is none. */
export function jsonError(target: SourceTarget, path: string, text: string, thrown: unknown): SourceError {
  const words = withoutSecretsOf(target, thrown instanceof Error ? thrown.message : String(thrown))
  if (isOpenEnded(text)) {
    return failure(
      'cut-off',
      `The answer of ${target.name} breaks off after ${text.length.toLocaleString('en-US')} characters.`,
      'Try again; if it breaks off at the same place, look at the server, or at the proxy before it.',
      { detail: words },
    )
  }
  return failure(
    'bad-answer',
    `${target.name} answered ${path} with something that is not JSON.`,
    `Check that the address leads to ${productNames[target.kind]}.`,
    { detail: beginning(serverWords(text, target)) },
  )
}

/** Whether JSON ends within a text, a list or an object. The parser's own words differ by where it was cut, and by its version. */
function isOpenEnded(text: string): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inText) {
      if (character === '\\') at++
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
  }
  return inText || depth > 0
}

/** 200 with a refusal of Prometheus's or Loki's in it, as proxies send it on; undefined where the answer is none. */
export function refusalError(target: SourceTarget, value: unknown): SourceError | undefined {
  const { status, error, errorType } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (status !== 'error' || typeof error !== 'string') return undefined
  const said = { detail: withoutSecretsOf(target, error) }
  if (errorType === 'bad_data' || errorType === 'execution')
    return failure('bad-query', `${target.name} refuses the query.`, 'Change the query.', said)
  return failure(
    'server-error',
    `${target.name} failed on its side.`,
    'Its log says more; a shorter time range may help.',
    said,
  )
}

/** JSON of another shape than the product's. */
export function shapeError(target: SourceTarget, path: string, detail: string): SourceError {
  return failure(
    'bad-answer',
    `${target.name} answered ${path} in a shape that ${productNames[target.kind]} does not use.`,
    `Check that it is ${productNames[target.kind]}, and of a version that is supported.`,
    { detail: withoutSecretsOf(target, detail) },
  )
}

/** 200 with nothing in it. */
export function emptyError(target: SourceTarget, path: string, status: number): SourceError {
  return failure(
    'empty-answer',
    `${target.name} answered ${path} with nothing at all.`,
    'Try again; a proxy before the server may drop its answers.',
    { status },
  )
}

const nothings = {
  blanks: (name: string, path: string) => `${name} answered ${path} with nothing but blanks.`,
  null: (name: string, path: string) => `${name} answered ${path} with null, JSON’s word for nothing.`,
}

/** 200 with what stands for nothing. */
export function nothingError(
  target: SourceTarget,
  path: string,
  status: number,
  what: keyof typeof nothings,
): SourceError {
  return failure(
    'empty-answer',
    nothings[what](target.name, path),
    `Check that the address leads to ${productNames[target.kind]}; a proxy before it may have lost its answer.`,
    { status },
  )
}

/** More bytes than are taken. */
export function tooLargeError(
  target: SourceTarget,
  limitBytes: number,
  kind: ErrorKind = 'too-large',
): SourceError {
  const limit =
    limitBytes >= 1e9 ? `${Math.round(limitBytes / 1e8) / 10} GB` : `${Math.round(limitBytes / 1e5) / 10} MB`
  return failure(
    kind,
    `The answer of ${target.name} is larger than ${limit}, which is as much as Clew takes.`,
    'Ask for a shorter time range or a smaller limit.',
  )
}

/** The trace is not there, under any spelling of its id. */
export function noTraceError(
  target: SourceTarget,
  traceId: string,
  tried: readonly TriedRequest[],
  detail?: string,
): SourceError {
  const { error } = failure(
    'not-found',
    `${target.name} has no trace ${traceId}.`,
    'It may not have been sampled, be too young or too old, or be in another source or tenant.',
    { detail, status: 404 },
  )
  return new SourceError({ ...error, tried })
}
