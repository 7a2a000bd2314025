import { parseCommandLine, type CommandLine } from './command-line.ts'

/** The outcome of reading Electron's arguments. */
export type ElectronArguments =
  | { readonly kind: 'run'; readonly options: CommandLine }
  | { readonly kind: 'text'; readonly text: 'help' | 'version' }
  | { readonly kind: 'refused'; readonly sentences: readonly string[] }

/** Switches that Chromium, Electron and the operating systems put there; they are not for us. */
const foreign =
  /^(--(inspect|remote-debugging|no-sandbox|disable-|enable-|force-|ozone-|password-store|user-data-dir|lang|original-process-start-time|allow-file-access-from-files|squirrel)|-psn_)/

/**
 * What Electron's `process.argv` asks for. Before our own words stand the binary and, when it runs the project's folder (`defaultApp`),
 * that folder.
 */
export function readElectronArguments(argv: readonly string[], defaultApp: boolean): ElectronArguments {
  const words = argv.slice(1).filter((word) => !foreign.test(word))
  const asked = parseCommandLine(defaultApp ? words.slice(1) : words)
  return asked.kind === 'help' || asked.kind === 'version' ? { kind: 'text', text: asked.kind } : asked
}
