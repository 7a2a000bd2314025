/**
 * The place in the application that a `clew://` link names; undefined when it names none. Pure: what a link says is only ever turned into
 * a path of our own page.
 *
 *   clew://trace/4bf92f3577b34da6a3ce929d0e0e4736?start=1700000000000&end=…&source=shop  ->  /trace?source=shop&id=4bf9…&start=…&end=…
 *   clew://open  ->  /
 */
export function hrefOfLink(link: string): string | undefined {
  const url = URL.parse(link)
  if (!url || url.protocol !== 'clew:') return undefined
  const words = [url.host, ...url.pathname.split('/')].filter((word) => word !== '')
  if (words[0] === 'open' && words.length === 1) return '/'
  if (words[0] !== 'trace' || words.length !== 2) return undefined

  const id = traceIdOf(words[1])
  if (id === undefined) return undefined
  const params = new URLSearchParams()
  for (const source of url.searchParams.getAll('source')) if (source !== '') params.append('source', source)
  params.set('id', id)
  for (const name of ['start', 'end'] as const) {
    const text = url.searchParams.get(name)
    if (text !== null && /^\d{1,15}$/.test(text)) params.set(name, text)
  }
  const span = url.searchParams.get('span')?.toLowerCase()
  if (span !== undefined && /^[0-9a-f]{16}$/.test(span)) params.set('span', span)
  return `/trace?${params.toString()}`
}

/** 32 hex digits; shorter ids are written with the zeros that some servers strip. */
function traceIdOf(text: string): string | undefined {
  const hex = text.toLowerCase().replace(/^0x/, '')
  return /^[0-9a-f]{1,32}$/.test(hex) && !/^0+$/.test(hex) ? hex.padStart(32, '0') : undefined
}
