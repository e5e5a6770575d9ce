import type { InlineConfig } from 'vite'
import react from '@vitejs/plugin-react'

const outside = new URL('../..', import.meta.url).pathname

/** The fixture page as it ships: one script, one style sheet, the strict policy. */
export const builtPage = {
  configFile: false,
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  plugins: [react({ jsxImportSource: '#page' })],
  build: {
    outDir: `${outside}test-results/visual`,
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    license: { fileName: 'third-party-licences.txt' },
    reportCompressedSize: false,
  },
  preview: { port: 0, host: '127.0.0.1' },
} satisfies InlineConfig

/** The same with hot reload. Its styles come by script, which the policy rightly forbids, so it goes without one. */
export const servedPage: InlineConfig = {
  ...builtPage,
  logLevel: 'info',
  plugins: [
    react({ jsxImportSource: '#page' }),
    {
      name: 'without-policy',
      transformIndexHtml: (html: string) =>
        html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
    },
  ],
  server: { host: '127.0.0.1', port: 5199, fs: { allow: [outside] } },
}
