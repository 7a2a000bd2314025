/** Placeholder until its helper has written it. */
export function SearchPage() {
  return <p>SearchPage</p>
}
