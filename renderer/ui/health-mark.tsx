export type Health = 'ok' | 'slow' | 'down' | 'asking'

const words: Readonly<Record<Health, string>> = {
  ok: 'answering',
  slow: 'answering, with something to know',
  down: 'not answering',
  asking: 'being asked',
}

/** Shape first, colour second: dot, triangle, cross; an open ring while nothing is known. */
export function HealthMark({ health, label }: { readonly health: Health; readonly label?: string }) {
  return (
    <svg className={`health ${health}`} viewBox="0 0 8 8" role="img" aria-label={label ?? words[health]}>
      {health === 'ok' && <circle cx="4" cy="4" r="3.5" />}
      {health === 'slow' && <path d="M4 0.5L8 7.5H0z" />}
      {health === 'down' && <path d="M1.5 1.5l5 5M6.5 1.5l-5 5" />}
      {health === 'asking' && <circle cx="4" cy="4" r="2.9" />}
    </svg>
  )
}
