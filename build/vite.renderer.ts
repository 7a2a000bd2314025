import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

const root = new URL('../renderer', import.meta.url).pathname

/** The page and its workers. Output: dist/renderer. */
export default defineConfig({
  root,
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'chrome140', outDir: '../dist/renderer', emptyOutDir: true, chunkSizeWarningLimit: 4000 },
})
