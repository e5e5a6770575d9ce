import type { ServerResponse } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGzip } from 'node:zlib'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { startAnswering } from '../support/plain-namespace.ts'
import { connectApp, startAppProcess } from './app-process.ts'
import { kubeconfigFor } from './bench-cluster.ts'
import { rounded } from './statistics.ts'

/** No server may take more than this of the application. */
const bar = 500
const lookForMs = 12_000

type Request = { readonly path: string; readonly isWatch: boolean }
type Hostile = (request: Request, response: ServerResponse) => void

/** Writes what is made for it for ever, as fast as it is read. */
function forever(response: ServerResponse, next: () => string): void {
  const write = (): void => {
    while (!response.destroyed) if (!response.write(next())) return void response.once('drain', write)
  }
  write()
}

const version = '{"gitVersion":"v1.36.0"}'
const empty = '{"metadata":{"resourceVersion":"5"},"items":[]}'
let made = 0
const pod = (annotation = ''): string =>
  JSON.stringify({
    metadata: {
      name: `pod-${made}`,
      namespace: 'demo',
      uid: `uid-${made++}`,
      resourceVersion: '5',
      annotations: { annotation },
    },
  })
/** All but lists of pods is as it should be. */
const onPods =
  (evil: Hostile): Hostile =>
  (request, response) => {
    if (request.path === '/version') return void response.end(version)
    if (request.isWatch) return void response.writeHead(422).end('{"kind":"Status","code":422}')
    if (request.path.endsWith('/pods')) evil(request, response)
    else response.end(empty)
  }
const onStream =
  (evil: Hostile): Hostile =>
  (request, response) => {
    if (request.path === '/version') return void response.end(version)
    if (request.isWatch && request.path.endsWith('/pods')) evil(request, response)
    else if (request.isWatch) response.flushHeaders()
    else response.end(empty)
  }
const mebibyte = 'x'.repeat(2 ** 20)
/** As much as a server lets somebody write into one object. */
const large = 'x'.repeat(250_000)

/** The servers of test/hostile, and those that give as much as they are let. */
const servers: Readonly<Record<string, Hostile>> = {
  'endless version': (_, response) => forever(response, () => mebibyte),
  'dripping version': (_, response) => {
    const timer = setInterval(() => response.write(' '), 100)
    response.on('close', () => clearInterval(timer))
  },
  'endless list': onPods((_, response) => {
    response.write('{"metadata":{"resourceVersion":"5"},"items":[')
    forever(response, () => `${pod()},`)
  }),
  'endless item': onPods((_, response) => {
    response.write('{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"')
    forever(response, () => mebibyte)
  }),
  'list that unzips': onPods((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    const zip = createGzip()
    zip.pipe(response)
    const write = (): void => {
      while (!response.destroyed) if (!zip.write(mebibyte)) return void zip.once('drain', write)
    }
    zip.write('{"items":["')
    write()
  }),
  'million pods in pages': onPods((_, response) => {
    const items = Array.from({ length: 500 }, () => pod()).join(',')
    response.end(`{"metadata":{"resourceVersion":"5","continue":"more"},"items":[${items}]}`)
  }),
  'large pods in pages': onPods((_, response) => {
    const items = Array.from({ length: 200 }, () => pod(large)).join(',')
    response.end(`{"metadata":{"resourceVersion":"5","continue":"more"},"items":[${items}]}`)
  }),
  'endless stream': onStream((_, response) =>
    forever(response, () => `{"type":"ADDED","object":${pod()}}\n`),
  ),
  'stream of large pods': onStream((_, response) =>
    forever(response, () => `{"type":"ADDED","object":${pod(large)}}\n`),
  ),
  'streams of large objects of all kinds': ({ path, isWatch }, response) => {
    if (!isWatch) return void response.end(path === '/version' ? version : empty)
    forever(response, () => `{"type":"ADDED","object":${pod(large)}}\n`)
  },
  'endless line': onStream((_, response) => forever(response, () => mebibyte)),
}

/** `only`: parts of names, with commas. What memory the application has before it looks at a server that means it ill, after a while, and at most. */
export async function hostileMemory(only: string | undefined): Promise<JsonObject> {
  const found: Record<string, JsonObject> = {}
  for (const [name, server] of Object.entries(servers))
    if (only === undefined || only.split(',').some((part) => name.includes(part)))
      found[name] = await under(server)
  const worst = Math.max(...Object.values(found).map((one) => Number(one['peak_mb'])))
  return { bench: 'hostile-memory', servers: found, worst_mb: worst, bar_mb: bar, within: worst <= bar }
}

async function under(evil: Hostile): Promise<JsonObject> {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-hostile-memory-'))
  const server = await startAnswering((request, response) => {
    response.on('error', () => undefined)
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://x')
    evil({ path, isWatch: searchParams.get('watch') === 'true' }, response)
  })
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, kubeconfigFor(server.url))
  const app = await startAppProcess({ kubeconfig, home: folder })
  try {
    const before = app.memory().rss
    const began = performance.now()
    const looking = connectApp(app)
      .then((connection) => {
        const namespace = { connection, namespace: 'demo' }
        app.client.subscribe('pipeline', { ...namespace, service: 'demo-http' }, () => undefined)
      })
      .catch(() => undefined)
    await Promise.race([looking, new Promise((resolve) => setTimeout(resolve, lookForMs))])
    // Time to take what it is given: the worst is what comes after the first refusal.
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, lookForMs - (performance.now() - began))))
    const { rss, peak } = app.memory()
    return { before_mb: rounded(before, 0), after_mb: rounded(rss, 0), peak_mb: rounded(peak, 0) }
  } finally {
    await app.stop()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
