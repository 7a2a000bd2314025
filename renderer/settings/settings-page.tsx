/** Placeholder until its helper has written it. */
export function SettingsPage() {
  return <p>SettingsPage</p>
}
