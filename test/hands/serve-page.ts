import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build, type InlineConfig } from 'vite'
import type { startBrowserServer as Start } from '../../electron/browser/http-server.ts'
import type { createSystemApp as Create } from '../../electron/app/create-system-app.ts'
import type { readStaticFiles as Read } from '../../electron/app/host/static-files.ts'
import type { commands as Commands, feeds as Feeds } from '../../shared/contract.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'
import type { serve as Serve } from '../../shared/rpc.ts'
import type { Address } from './open-window.ts'
import type { World } from './world/world.ts'

const own = resolve(import.meta.dirname, '..', '..')

type Host = Address & { readonly bare: string; close(): Promise<void> }

/** The page of a checkout, its own bridge and its own server: everything but the application behind them. */
export type Page = {
  /** Gives the page to windows, over a world. */
  serve(world: World): Promise<Host>
  /** Over the real application and the cluster that it brings for training. */
  serveReal(): Promise<Host>
}

/** Builds the page of a checkout; its modules are its own, so that an earlier tree can be looked at too. */
export async function buildPage(checkout: string): Promise<Page> {
  const outDir = join(
    own,
    'test-results',
    'hands',
    createHash('sha256').update(checkout).digest('hex').slice(0, 8),
  )
  await build(pageConfig(checkout, outDir))
  const { startBrowserServer } = (await import(join(checkout, 'electron/browser/http-server.ts'))) as {
    startBrowserServer: typeof Start
  }
  const { readStaticFiles } = (await import(join(checkout, 'electron/app/host/static-files.ts'))) as {
    readStaticFiles: typeof Read
  }
  const { serve } = (await import(join(checkout, 'shared/rpc.ts'))) as { serve: typeof Serve }
  const { commands, feeds } = (await import(join(checkout, 'shared/contract.ts'))) as {
    commands: typeof Commands
    feeds: typeof Feeds
  }
  const files = readStaticFiles(outDir)
  const scripts = [...files.keys()].filter((name) => name.endsWith('.js')).length
  const { createSystemApp } = (await import(join(checkout, 'electron/app/create-system-app.ts'))) as {
    createSystemApp: typeof Create
  }
  async function host(attach: (pipe: Pipe) => () => void, end: () => Promise<void>): Promise<Host> {
    const secret = randomBytes(32).toString('base64url')
    const server = await startBrowserServer({ port: 0, secret, files, attach, log: () => undefined })
    const bare = `http://127.0.0.1:${String(server.port)}/`
    const close = (): Promise<void> => server.close().then(end)
    return { url: `${bare}#k=${secret}`, bare, scripts, close }
  }
  return {
    serve: (world) =>
      host(
        (pipe) => {
          const forget = world.keep(pipe)
          const stop = serve(pipe, { commands, feeds, ...world.served, log: (line) => console.error(line) })
          return () => {
            forget()
            stop()
          }
        },
        () => Promise.resolve(),
      ),
    async serveReal() {
      const home = mkdtempSync(join(tmpdir(), 'tranche-hands-app-'))
      const app = await createSystemApp({
        training: 'only',
        dataFolder: join(home, 'data'),
        env: {},
        homedir: home,
        version: '0',
        log: () => undefined,
      })
      return host(app.attach, async () => {
        await app.close()
        rmSync(home, { recursive: true, force: true })
      })
    },
  }
}

function pageConfig(checkout: string, outDir: string): InlineConfig {
  const file = join(checkout, 'vite.config.ts')
  if (!existsSync(file)) throw new Error(`${checkout} is no checkout of ours.`)
  return {
    configFile: file,
    root: join(checkout, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, reportCompressedSize: false },
  }
}

/** What is put into each window before the page's own script. */
export async function buildProbe(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'probe', 'main.ts'), name: 'handsProbe', formats: ['iife'] },
    },
  })
  const first = Array.isArray(built) ? built[0] : built
  if (first === undefined || !('output' in first)) throw new Error('The probe was not built.')
  const [chunk] = first.output
  return chunk.code
}
