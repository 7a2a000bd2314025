/**
 * Flags for Chromium under test: nothing that talks to the network by itself, and what a container needs (no GPU; no sandbox, which
 * does not work as root).
 */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
