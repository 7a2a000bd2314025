/** Which of the many things that go wrong with certificates did. */
import type { Cause } from './network-error.ts'
import { failure, hostOf, type SourceError } from './source-error.ts'
import type { SourceTarget } from './target.ts'

interface Reason {
  readonly codes: RegExp
  readonly message: (target: SourceTarget, cause: Cause) => string
  readonly advice: string
}

/** As the form of a connection names it. */
const authorityField = '“Trusted authority”, under “Headers, certificates, time-out” of this connection'

const reasons: readonly Reason[] = [
  {
    codes: /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    message: ({ name }) => `The certificate of ${name} is self-signed, so nobody vouches for it.`,
    advice: `Paste that certificate into ${authorityField}.`,
  },
  {
    codes:
      /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|INVALID_CA)$/,
    message: ({ name }) =>
      `The certificate of ${name} was issued by an authority that this machine does not know.`,
    advice: `Paste the certificate of that authority into ${authorityField}.`,
  },
  {
    codes: /^CERT_HAS_EXPIRED$/,
    message: ({ name }) => `The certificate of ${name} has expired.`,
    advice: 'Have it renewed; until then, verification can be skipped for this connection.',
  },
  {
    codes: /^CERT_NOT_YET_VALID$/,
    message: ({ name }) => `The certificate of ${name} is not valid yet.`,
    advice: 'Check the clock of this machine.',
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    message: (target, { altNames }) =>
      `The certificate of ${target.name} is for another host than ${new URL(target.url).hostname}` +
      `${altNames === undefined ? '' : `: it is for ${altNames.replaceAll(/DNS:|IP Address:/g, '')}`}.`,
    advice: 'Enter the address under one of those names.',
  },
  {
    codes: /^CERT_REVOKED$/,
    message: ({ name }) => `The certificate of ${name} has been revoked.`,
    advice: 'Ask the people who run the server for a new one.',
  },
  {
    codes:
      /ALERT_CERTIFICATE_REQUIRED|ALERT_BAD_CERTIFICATE|ALERT_UNKNOWN_CA|ALERT_CERTIFICATE_(UNKNOWN|EXPIRED)|ALERT_ACCESS_DENIED/,
    message: ({ name, tls }) =>
      tls.clientCert === ''
        ? `${name} asks for a client certificate, and this connection has none.`
        : `${name} does not accept the client certificate of this connection.`,
    advice: 'Enter a client certificate and its key that the server accepts.',
  },
  {
    codes: /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|ERR_SSL_UNEXPECTED_MESSAGE/,
    message: (target) => `What answers at ${hostOf(target)} does not speak TLS.`,
    advice: 'Enter the address with http:// instead of https://.',
  },
  {
    codes:
      /PEM|BAD_DECRYPT|BAD_PASSWORD|KEY_VALUES_MISMATCH|ERR_OSSL_ASN1|MISSING_PASSPHRASE|INTERRUPTED_OR_CANCELLED/,
    message: ({ name }) =>
      `A certificate or key entered for ${name} cannot be read, or the two do not belong together.`,
    advice: 'Paste them as PEM text, the key without a passphrase.',
  },
]

/** A SourceError when the reason lies in TLS; undefined when it does not. */
export function certificateError(cause: Cause, target: SourceTarget): SourceError | undefined {
  const code = cause.code ?? ''
  // What Node advises is said to those who start Node themselves.
  const words = cause.message.replace(/; if the root CA is installed locally, .*$/i, '')
  const detail = code === '' ? words : `${words} (${code})`
  const reason = reasons.find(({ codes }) => codes.test(code))
  if (reason !== undefined) {
    return failure('certificate', reason.message(target, cause), reason.advice, { detail })
  }
  if (!/^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO|CERT_|EE_KEY|CA_)/.test(code)) return undefined
  return failure(
    'certificate',
    `No secure connection to ${target.name} could be made.`,
    'Check that its certificate and the TLS options of this connection fit together.',
    { detail },
  )
}
