/** A `TextTest` made ready to be asked a million times: of strings, and of UTF-8 bytes without making strings of them. */
import { type ByteText, encodeUtf8, TextMatcher, textOf } from '#shared/base/byte-text'
import type { TextTest } from '#shared/derive/find/filter'
import { charactersTried } from '#shared/base/regex-cost'

export interface ReadyTest {
  ofString(text: string): boolean
  ofBytes(text: ByteText): boolean
  /** A text that whatever passes must contain, in any ASCII case; empty where there is none to rely on. */
  readonly mustContain: string
}

/** Makes a test ready. ASCII is compared as bytes; a test with other letters decodes, because their cases differ in length. */
export function readyTest(test: TextTest): ReadyTest {
  switch (test.kind) {
    case 'contains':
      return containsTest(test.text)
    case 'exact':
      return test.caseMatters ? sameTest(test.text) : sameInAnyCase(test.text)
    case 'wildcard':
      return wildcardTest(test.parts)
    default: {
      const { regex } = test
      const most = charactersTried(regex.source)
      return byString(
        (text) => regex.test(text.length > most ? text.slice(0, most) : text),
        literalOf(regex.source),
      )
    }
  }
}

const ascii = /^[\0-\x7f]*$/u

function containsTest(wanted: string): ReadyTest {
  const lower = wanted.toLowerCase()
  const ofString = (text: string) => text.toLowerCase().includes(lower)
  if (!ascii.test(wanted)) return byString(ofString, wanted)
  const matcher = new TextMatcher(wanted)
  return {
    ofString,
    ofBytes: ({ bytes, start, end }) => matcher.isIn(bytes, start, end),
    mustContain: wanted,
  }
}

function sameInAnyCase(wanted: string): ReadyTest {
  const lower = wanted.toLowerCase()
  const ofString = (text: string) => text.toLowerCase() === lower
  if (!ascii.test(wanted)) return byString(ofString, wanted)
  const matcher = new TextMatcher(wanted)
  return {
    ofString,
    ofBytes: ({ bytes, start, end }) => matcher.is(bytes, start, end),
    mustContain: wanted,
  }
}

function sameTest(wanted: string): ReadyTest {
  const wantedBytes = encodeUtf8(wanted)
  const length = wantedBytes.length
  return {
    ofString: (text) => text === wanted,
    ofBytes: ({ bytes, start, end }) => {
      if (end - start !== length) return false
      for (let at = 0; at < length; at++) if (bytes[start + at] !== wantedBytes[at]) return false
      return true
    },
    mustContain: wanted,
  }
}

function wildcardTest(parts: readonly string[]): ReadyTest {
  const source = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join('.*')
  const regex = new RegExp(`^${source}$`, 'isu')
  return byString((text) => regex.test(text), longest(parts))
}

/** Choices, repetitions, and escapes that stand for other letters than they are written with (`\u0041`). */
const unclear = /[|(){}?*]|\\[^dDwWsSbB\W_]/u

/** A text that whatever fits the expression must contain; empty for one where that would be hard to say. */
function literalOf(source: string): string {
  if (unclear.test(source)) return ''
  return longest(source.replace(/\\.|\[(?:\\.|[^\]])*\]/gsu, '^').split(/[\^$.+]/u))
}

function longest(parts: readonly string[]): string {
  return parts.reduce((a, b) => (b.length > a.length ? b : a), '')
}

/** `mustContain` of a text with other than ASCII letters: its longest ASCII part, which is the same in every case of the rest. */
function byString(ofString: (text: string) => boolean, wanted: string): ReadyTest {
  const ascii = longest(wanted.split(/[^\0-\x7f]+/u))
  // K (Kelvin sign) and ſ (long s) lower to ASCII letters: such a letter in the text could stand for one of ours.
  return { ofString, ofBytes: (text) => ofString(textOf(text)), mustContain: longest(ascii.split(/[ks]/iu)) }
}
