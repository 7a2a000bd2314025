/** The parts of a parsed address that decide who would receive a secret. */
interface Place {
  readonly origin: string
  readonly protocol: string
  readonly hostname: string
  readonly port: string
}

/**
 * Whether secrets kept for one address may go to the other. Another port is another server; http to https on the usual ports is the
 * same one, better kept.
 */
export function staysSafe(from: Place, to: Place): boolean {
  const isUpgrade =
    from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === ''
  return from.origin === to.origin || (from.hostname === to.hostname && isUpgrade)
}
