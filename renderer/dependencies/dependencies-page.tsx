/** Placeholder until its helper has written it. */
export function DependenciesPage() {
  return <p>DependenciesPage</p>
}
