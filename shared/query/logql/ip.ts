/** Addresses in a text: one, a range of them, or a net. */
import { RegexError } from '#shared/query/re2'

interface Addresses {
  /** 4 or 16 bytes. */
  readonly bytes: 4 | 16
  readonly first: bigint
  readonly last: bigint
}

/** Whether a text holds an address of those that `192.168.0.1`, `192.168.0.1-192.168.0.9` or `192.168.0.0/16` stand for. */
export function ipTest(wanted: string): (text: string) => boolean {
  const addresses = readAddresses(wanted)
  if (addresses === undefined) throw new RegexError(`“${wanted}” is no address, range of addresses or net.`)
  return (text) => {
    for (const { 0: found, index } of text.matchAll(/(?:[\da-f]{1,4}:|::)[\da-f:.]*|\d{1,3}\.[\d.]*/giu)) {
      // As Loki does, which looks five characters ahead: “::1” at the very end is not seen.
      if (text.length - index < 5) continue
      const address = readAddress(found)
      if (address?.bytes !== addresses.bytes) continue
      if (address.value >= addresses.first && address.value <= addresses.last) return true
    }
    return false
  }
}

function readAddresses(text: string): Addresses | undefined {
  const [, net, length] = /^(.*)\/(\d{1,3})$/u.exec(text) ?? []
  if (net !== undefined) {
    const address = readAddress(net)
    if (address === undefined || Number(length) > address.bytes * 8) return undefined
    const free = BigInt(address.bytes * 8 - Number(length))
    const first = (address.value >> free) << free
    return { bytes: address.bytes, first, last: first + (1n << free) - 1n }
  }
  const [from, to = from] = text.split('-').map((part) => readAddress(part.trim()))
  if (from === undefined || to === undefined || from.bytes !== to.bytes || from.value > to.value)
    return undefined
  return { bytes: from.bytes, first: from.value, last: to.value }
}

function readAddress(text: string): { readonly bytes: 4 | 16; readonly value: bigint } | undefined {
  const four = readFour(text)
  if (four !== undefined) return { bytes: 4, value: four }
  if (!text.includes(':')) return undefined
  const [head, tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const [before, after] = [readGroups(head), readGroups(tail ?? '')]
  if (before === undefined || after === undefined) return undefined
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...before, ...Array.from<number>({ length: missing }).fill(0), ...after]
  return { bytes: 16, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) }
}

function readFour(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9]\d{0,2})$/u.test(part) || Number(part) > 255))
    return undefined
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** Groups of 16 bits; the last may be an address of four bytes. */
function readGroups(text: string): number[] | undefined {
  if (text === '') return []
  const groups: number[] = []
  for (const part of text.split(':')) {
    const four = readFour(part)
    if (four !== undefined) groups.push(Number(four >> 16n), Number(four & 0xffffn))
    else if (/^[\da-f]{1,4}$/iu.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}
