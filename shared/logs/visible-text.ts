/** What a line looks like: its colours as a terminal shows them, and everything that would be unseen, or turn text round, made visible. */
import { codeName, isHidden, isHiddenAt, signOf } from '#shared/base/hidden-characters'

/** A stretch of a line that looks alike. */
export interface Piece {
  readonly text: string
  /** Stands for a character that has no look of its own; its name says which. */
  readonly control?: string
  readonly look?: Look
}

/** What escape sequences set; colours are 0 to 15, as terminals number them. */
export interface Look {
  readonly color?: number | undefined
  readonly isBold?: boolean | undefined
  readonly isFaint?: boolean | undefined
  readonly isUnderlined?: boolean | undefined
}

// oxlint-disable-next-line no-control-regex -- it is what is looked for
const escape = /^\u001b\[([\d;]*)([A-Za-z])/

const isSpecial = (text: string, breaks: boolean): boolean =>
  isHidden(text) || (!breaks && text.includes('\n'))

const isSpecialAt = (text: string, at: number, breaks: boolean): boolean =>
  isHiddenAt(text, at) || (!breaks && text[at] === '\n')

/** A line as pieces, in order. Line breaks stay what they are where `breaks`, and are marked otherwise. */
export function piecesOf(line: string, breaks: boolean): readonly Piece[] {
  if (!isSpecial(line, breaks)) return [{ text: line }]
  const pieces: Piece[] = []
  let look: Look | undefined
  let plain = ''
  const flush = (): void => {
    if (plain !== '') pieces.push(look === undefined ? { text: plain } : { text: plain, look })
    plain = ''
  }
  for (let at = 0; at < line.length; at++) {
    const char = line[at]
    if (!isSpecialAt(line, at, breaks)) {
      plain += char
      continue
    }
    const found = char === '\u001b' ? escape.exec(line.slice(at, at + 40)) : null
    if (found) {
      flush()
      if (found[2] === 'm') look = lookAfter(look, found[1])
      at += found[0].length - 1
      continue
    }
    flush()
    pieces.push({ text: signOf(char), control: codeName(char) })
  }
  flush()
  return pieces
}

/** The line without colours, as it is searched and copied. */
export const plainText = (line: string): string =>
  // oxlint-disable-next-line no-control-regex -- see above
  line.includes('\u001b') ? line.replaceAll(/\u001b\[[\d;]*[A-Za-z]/g, '') : line

function lookAfter(look: Look | undefined, codes: string): Look | undefined {
  let next: Look = look ?? {}
  const list = codes === '' ? [0] : codes.split(';').map(Number)
  for (let at = 0; at < list.length; at++) {
    const code = list[at]
    if (code === 0) next = {}
    else if (code === 1) next = { ...next, isBold: true }
    else if (code === 2) next = { ...next, isFaint: true }
    else if (code === 4) next = { ...next, isUnderlined: true }
    else if (code === 22) next = { ...next, isBold: false, isFaint: false }
    else if (code === 24) next = { ...next, isUnderlined: false }
    else if (code >= 30 && code <= 37) next = { ...next, color: code - 30 }
    else if (code >= 90 && code <= 97) next = { ...next, color: code - 82 }
    else if (code === 39) next = withoutColor(next)
    else if (code === 38 && list[at + 1] === 5) {
      const color = list[at + 2]
      next = color < 16 ? { ...next, color } : withoutColor(next)
      at += 2
    } else if ((code === 38 || code === 48) && list[at + 1] === 2) at += 4
    else if (code === 48) at += 2
  }
  return Object.values(next).some((value) => value !== false && value !== undefined) ? next : undefined
}

function withoutColor({ isBold, isFaint, isUnderlined }: Look): Look {
  return { isBold, isFaint, isUnderlined }
}
