import { defineConfig } from 'vite'

/**
 * One CommonJS file for each of the desktop host's processes, and one for what two of them share: the package holds no
 * node_modules. A sandboxed preload can't be a module; and packages that ask for `__filename` work only so.
 * `--mode preload` builds the preload by itself: beside the others it would share a chunk, which it may not load.
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
      // The preload is ours alone.
      license: preload ? false : { fileName: 'third-party-licences.txt' },
      emptyOutDir: !preload,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: preload
          ? { preload: 'electron/desktop/preload.ts' }
          : { main: 'electron/desktop/main.ts', 'app-process': 'electron/desktop/app-process.ts' },
        external: ['electron', /^node:/],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
      },
    },
  }
})
