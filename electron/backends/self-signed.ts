/**
 * For tests: self-signed certificates with any names and dates, written byte by byte because no tool that makes them can be counted on.
 * Format: RFC 5280, in DER.
 */
import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate and its key, PEM. */
export interface SelfSigned {
  readonly cert: string
  readonly key: string
}

/** What the certificate says. */
export interface SelfSignedOptions {
  /** Host names; the first is also the subject. */
  readonly hosts: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const dayMs = 86_400_000

/** A new P-256 key and a certificate signed with it. */
export function selfSigned({
  hosts,
  notBefore = new Date(Date.now() - dayMs),
  notAfter = new Date(Date.now() + dayMs),
}: SelfSignedOptions): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(tagged(0x31, sequence(oid(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(hosts[0])))))
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))
  const altNames = sequence(...hosts.map(altName))
  const toSign = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.from([1, ...Buffer.from(String(Date.now()))])),
    algorithm,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(sequence(oid(0x55, 0x1d, 0x11), tagged(0x04, altNames)))),
  )
  const signature = sign('sha256', toSign, privateKey)
  const der = sequence(toSign, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return {
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function oid(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes))
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`))
}

function altName(host: string): Buffer {
  const octets = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : undefined
  return octets === undefined ? tagged(0x82, Buffer.from(host)) : tagged(0x87, Buffer.from(octets))
}
