import type { InlineConfig } from 'vite'
import { projectFolder } from './project.ts'

/** The shells, each bundled into one file, so that the packed archive needs no node_modules. Output: dist/electron. */
export default function electronConfig(entry: 'main' | 'browser' | 'preload' | 'demo-worker'): InlineConfig {
  // A sandboxed preload is a script, not a module; so is a worker that is started from its text.
  const isScript = entry === 'preload' || entry === 'demo-worker'
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
          [entry]: entry === 'demo-worker' ? 'electron/local/demo.worker.ts' : `electron/${entry}.ts`,
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
