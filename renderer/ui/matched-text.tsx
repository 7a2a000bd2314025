/** A name with the typed part of it in bold. */
export function MatchedText({ text, typed }: { readonly text: string; readonly typed: string }) {
  const sought = typed.trim()
  const at = sought === '' ? -1 : text.toLowerCase().indexOf(sought.toLowerCase())
  if (at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + sought.length)}</b>
      {text.slice(at + sought.length)}
    </>
  )
}
