import { defineConfig } from 'vite'

/**
 * One file for each of the desktop host's processes, with everything in it: the package holds no node_modules.
 * `--mode preload` builds the preload, which has to be CommonJS because a sandboxed one can't be a module.
 */
export default defineConfig(({ mode }) => {
  const preload = mode === 'preload'
  return {
    publicDir: false,
    resolve: { conditions: ['node'] },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: 'dist/desktop',
      emptyOutDir: !preload,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: preload
          ? { preload: 'electron/desktop/preload.ts' }
          : { main: 'electron/desktop/main.ts', 'app-process': 'electron/desktop/app-process.ts' },
        external: ['electron', /^node:/],
        output: preload
          ? { format: 'cjs', entryFileNames: '[name].cjs' }
          : { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  }
})
