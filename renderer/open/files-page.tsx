/** Placeholder until its helper has written it. */
export function FilesPage() {
  return <p>FilesPage</p>
}
