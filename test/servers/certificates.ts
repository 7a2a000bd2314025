/** Certificates made for one run: an authority, a server under it for 127.0.0.1, a client under it, and one nobody vouches for. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** PEM texts. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

export interface Certificates {
  readonly authority: string
  readonly server: KeyPair
  readonly client: KeyPair
  /** Signed by its own key. */
  readonly selfSigned: KeyPair
  /** Under the authority, for another host. */
  readonly otherHost: KeyPair
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'clew-certificates-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const signed = (name: string, subject: string, extensions: string): KeyPair => {
    writeFileSync(join(folder, `${name}.ext`), extensions)
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`)
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
    )
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) }
  }
  try {
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-subj',
      '/CN=Clew test authority',
    )
    const server = signed('server', '127.0.0.1', 'subjectAltName=IP:127.0.0.1')
    const client = signed('client', 'an engineer', 'extendedKeyUsage=clientAuth')
    const otherHost = signed('other', 'other.test', 'subjectAltName=DNS:other.test')
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'self.key',
      '-out',
      'self.pem',
      '-subj',
      '/CN=127.0.0.1',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    )
    return {
      authority: read('ca.pem'),
      server,
      client,
      otherHost,
      selfSigned: { cert: read('self.pem'), key: read('self.key') },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
