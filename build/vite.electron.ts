import type { InlineConfig } from 'vite'

/** The shells, bundled so that the packed archive needs no node_modules. ENTRY is `main`, `browser` or `preload`. */
export default function electronConfig(entry: 'main' | 'browser' | 'preload'): InlineConfig {
  const preload = entry === 'preload'
  return {
    configFile: false,
    root: new URL('..', import.meta.url).pathname,
    logLevel: 'warn',
    build: {
      target: 'node24',
      ssr: true,
      outDir: 'dist/electron',
      emptyOutDir: false,
      rolldownOptions: {
        input: { [entry]: `electron/${entry}.ts` },
        external: ['electron', /^node:/],
        output: preload
          ? { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false }
          : { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true },
  }
}
