import { type ReactNode, useMemo } from 'react'
import { type Look, type Piece, piecesOf } from '#shared/logs/visible-text'
import styles from './line-text.module.css'

interface Props {
  readonly text: string
  /** What is underlined: global expressions, the most important last. */
  readonly marks: readonly { readonly form: RegExp; readonly kind: 'query' | 'find' }[]
  /** Line breaks break the line. */
  readonly breaks?: boolean
}

/** A line as a terminal would colour it, with unseen characters shown and matches marked. */
export function LineText({ text, marks, breaks = false }: Props) {
  const pieces = useMemo(() => placed(piecesOf(text, breaks)), [text, breaks])
  return pieces.map(({ piece, at }) => (
    <span
      key={at}
      title={piece.control}
      className={piece.control === undefined ? piece.look && classesOf(piece.look) : styles.control}
    >
      {marked(piece, marks)}
    </span>
  ))
}

/** Each piece with where it begins. */
function placed(pieces: readonly Piece[]): readonly { readonly piece: Piece; readonly at: number }[] {
  let at = 0
  return pieces.map((piece) => {
    const from = at
    at += piece.text.length
    return { piece, at: from }
  })
}

function classesOf({ color, isBold, isFaint, isUnderlined }: Look): string {
  return [
    color !== undefined && styles[`color${color % 8}`],
    isBold === true && styles.bold,
    isFaint === true && styles.faint,
    isUnderlined === true && styles.underlined,
  ]
    .filter(Boolean)
    .join(' ')
}

/** More marks in one piece say nothing more. */
const mostMarks = 200

function marked({ text, control }: Piece, marks: Props['marks']): ReactNode {
  if (control !== undefined || marks.length === 0) return text
  const [first, ...rest] = marks
  const parts: ReactNode[] = []
  let from = 0
  for (const found of text.matchAll(first.form)) {
    if (found[0] === '' || parts.length > mostMarks) break
    parts.push(marked({ text: text.slice(from, found.index) }, rest))
    parts.push(
      <mark key={found.index} className={first.kind === 'find' ? styles.found : styles.mark}>
        {found[0]}
      </mark>,
    )
    from = found.index + found[0].length
  }
  if (from === 0) return marked({ text }, rest)
  return [...parts, marked({ text: text.slice(from) }, rest)]
}
