import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

const outside = new URL('../..', import.meta.url).pathname

/** The fixture page: the real components on views from memory. `vite -c test/visual/vite.config.ts` serves it. */
export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), ...(command === 'serve' ? [withoutPolicy()] : [])],
  server: { fs: { allow: [outside] } },
  build: { outDir: `${outside}/test-results/visual`, emptyOutDir: true, modulePreload: { polyfill: false } },
}))

/** The development server puts styles into the page by script, which the policy rightly forbids. */
function withoutPolicy() {
  return {
    name: 'without-policy',
    transformIndexHtml: (html: string) =>
      html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  }
}
