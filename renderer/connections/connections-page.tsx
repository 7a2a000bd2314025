/** Placeholder until its helper has written it. */
export function ConnectionsPage() {
  return <p>ConnectionsPage</p>
}
