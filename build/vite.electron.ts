import type { InlineConfig } from 'vite'
import { projectFolder } from './project.ts'

/** The shells, each bundled into one file, so that the packed archive needs no node_modules. Output: dist/electron. */
export default function electronConfig(entry: 'main' | 'browser' | 'preload'): InlineConfig {
  // A sandboxed preload is a script, not a module.
  const preload = entry === 'preload'
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
        input: { [entry]: `electron/${entry}.ts` },
        external: ['electron', /^node:/],
        output: {
          format: preload ? 'cjs' : 'es',
          entryFileNames: preload ? '[name].cjs' : '[name].js',
          codeSplitting: false,
        },
      },
    },
    ssr: { noExternal: true },
  }
}
