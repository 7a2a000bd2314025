import { say } from './status-message'

/** Copies a text and says so in the status line; false when the browser did not allow it. */
export async function copy(what: string, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    say(`Copied ${what}.`)
    return true
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    say(`The browser did not let Clew copy: ${words}`, { tone: 'warn' })
    return false
  }
}
