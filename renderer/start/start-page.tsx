/** Placeholder until its helper has written it. */
export function StartPage() {
  return <p>StartPage</p>
}
