import { join } from 'node:path'
import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
import { projectFolder } from './project.ts'

/** The page and its workers. Output: dist/renderer. */
export default defineConfig({
  root: join(projectFolder, 'renderer'),
  base: '/',
  plugins: [react({ jsxImportSource: '#jsx' })],
  worker: { format: 'es' },
  build: {
    target: 'chrome140',
    outDir: '../dist/renderer',
    emptyOutDir: true,
    chunkSizeWarningLimit: 4000,
    // Bundling the worker takes most of the time, as it must; that is no warning.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
