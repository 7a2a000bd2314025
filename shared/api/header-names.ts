/** Headers a connection may not set: they belong to a single hop, or say what only the program that sends them knows. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Whether every request sets this header itself, so that a connection cannot. */
export function isOwnHeader(name: string): boolean {
  return ownHeaders.has(name.trim().toLowerCase())
}
