import { Fragment, type ReactNode } from 'react'
import styles from './prose.module.css'

/** A page of ours as the reader sees it: what stands between its title and its first heading; paragraphs, tables and `code`. */
export function Prose({ markdown }: { readonly markdown: string }) {
  const [body] = markdown.replace(/^# .*\n/, '').split('\n## ')
  return body
    .trim()
    .split(/\n{2,}/)
    .map((block) =>
      block.startsWith('|') ? <Table key={block} block={block} /> : <p key={block}>{inline(block)}</p>,
    )
}

function Table({ block }: { readonly block: string }) {
  const [head, , ...rows] = block.split('\n').map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells[0]}>
            {cells.map((cell) => (
              <td key={cell}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Every second piece between backticks is code. */
function inline(text: string): ReactNode {
  return text.split('`').map((piece, at) => {
    const key = `${at} ${piece}`
    return at % 2 === 1 ? <code key={key}>{piece}</code> : <Fragment key={key}>{piece}</Fragment>
  })
}
