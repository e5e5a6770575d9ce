import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The page, for both hosts. No polyfill: it would be an inline script, which the policy forbids. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react({ jsxImportSource: '#page' })],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    license: { fileName: 'third-party-licences.txt' },
    target: 'es2023',
  },
})
