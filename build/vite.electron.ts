import type { InlineConfig } from 'vite'
import { projectFolder } from './project.ts'

/** Threads, by the file they are built into. */
const threads: Readonly<Record<string, string>> = {
  'demo-worker': 'electron/local/demo.worker.ts',
  'opened-worker': 'electron/local/opened.worker.ts',
}

/** The shells, each bundled into one file, so that the packed archive needs no node_modules. Output: dist/electron. */
export default function electronConfig(
  entry: 'main' | 'browser' | 'preload' | 'demo-worker' | 'opened-worker',
): InlineConfig {
  // A sandboxed preload is a script, not a module; so is a worker that is started from its text.
  const isScript = entry === 'preload' || entry in threads
  return {
    configFile: false,
    root: projectFolder,
    logLevel: 'warn',
    build: {
      target: 'node24',
      ssr: true,
      outDir: 'dist/electron',
      emptyOutDir: false,
      rolldownOptions: {
        input: {
          [entry]: threads[entry] ?? `electron/${entry}.ts`,
        },
        external: ['electron', /^node:/],
        output: {
          format: isScript ? 'cjs' : 'es',
          entryFileNames: isScript ? '[name].cjs' : '[name].js',
          codeSplitting: false,
        },
      },
    },
    ssr: { noExternal: true },
  }
}
