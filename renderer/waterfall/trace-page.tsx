/** Placeholder until its helper has written it. */
export function TracePage() {
  return <p>TracePage</p>
}
