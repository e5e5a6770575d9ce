import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test as base, type Page } from '@playwright/test'

const root = resolve(import.meta.dirname, '..', '..', '..')

type Running = { readonly child: ChildProcess; readonly said: string }

type Program = {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What it says when it is ready, with the part that is wanted. */
  readonly until: RegExp
}

/** Starts a program of ours and waits until it is ready. It joins `children` at once: also one that never is ends. */
function start({ args, env, until }: Program, children: Set<ChildProcess>): Promise<Running> {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  return new Promise((done, fail) => {
    child.on('exit', (code) => fail(new Error(`${args[0] ?? ''} ended with ${code ?? 'a signal'}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = until.exec(line)?.[1]
      if (said !== undefined) done({ child, said })
    })
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
  })
}

export type Host = {
  /** Where the application is, with its secret. */
  url(): string
  /** The kubeconfig of its cluster, for whoever works beside it. */
  kubeconfig(): string
  /** `kill -9` of the application, then a new start of it. The cluster lives on. */
  killAndRestart(): Promise<void>
  /** Opens the page and the demo Service in it. */
  open(page: Page): Promise<void>
}

/** What starts each kind of cluster; both print `KUBECONFIG=PATH` when the demo on it is ready. */
const clusters = {
  training: (folder: string, user: string) => [
    'electron/training/main.ts',
    ...['--port', '0', '--speed', '20', '--user', user, '--kubeconfig', join(folder, 'kubeconfig')],
  ],
  real: () => ['test/e2e/support/real-cluster.ts'],
} as const

export type ClusterKind = keyof typeof clusters

/** The application in a browser, on a cluster of its own whose pods live 20 times as fast. */
export const test = base.extend<{ host: Host; cluster: ClusterKind; user: string }>({
  cluster: ['training', { option: true }],
  /** Whose kubeconfig it is, on the training cluster. */
  user: ['training', { option: true }],
  host: async ({ page, cluster: kind, user }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-e2e-'))
    const children = new Set<ChildProcess>()
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) wrong.push(message.text())
    })
    try {
      await use(await openHost({ clusterArgs: clusters[kind](folder, user), folder, children }))
    } finally {
      // The application before its cluster.
      for (const child of [...children].reverse()) {
        child.kill('SIGTERM')
        await ended(child)
      }
      rmSync(folder, { recursive: true, force: true })
    }
    expect(wrong).toEqual([])
  },
})

async function openHost(parts: {
  readonly clusterArgs: readonly string[]
  readonly folder: string
  readonly children: Set<ChildProcess>
}): Promise<Host> {
  const { clusterArgs, folder, children } = parts
  const cluster = await start({ args: clusterArgs, until: /^KUBECONFIG=(.+)$/ }, children)
  const boot = () =>
    start(
      {
        args: ['electron/browser/main.ts', '--no-open', '--data-folder', join(folder, 'data')],
        env: { KUBECONFIG: cluster.said, HOME: folder },
        until: /^Tranche is ready: (.+)$/,
      },
      children,
    )
  let app = await boot()
  return {
    url: () => app.said,
    kubeconfig: () => cluster.said,
    async killAndRestart() {
      app.child.kill('SIGKILL')
      await ended(app.child)
      app = await boot()
    },
    async open(target) {
      await target.goto(app.said)
      await target
        .getByRole('button', { name: /^training/i })
        .first()
        .click()
      const connect = target.getByRole('button', { name: 'Connect', exact: true })
      const service = target.getByRole('button', { name: /^demo-http/ })
      await expect(connect.or(service).first()).toBeVisible()
      if (await connect.isVisible()) await connect.click()
      await service.click()
      await expect(target.getByRole('region', { name: 'Batches', exact: true })).toBeVisible()
    },
  }
}

export { expect } from '@playwright/test'

/** Plans the batches from the first to this one without a bake time: half a minute each adds nothing to most journeys. */
export async function bakeNothing(page: Page, batches = 4): Promise<void> {
  await page.getByRole('button', { name: 'Edit plan…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Plan for/ })
  for (let batch = 1; batch <= batches; batch++)
    await dialog.getByRole('spinbutton', { name: `Seconds to bake after batch ${batch}` }).fill('0')
  await dialog.getByRole('button', { name: 'Done' }).click()
}

/** Starts a release of this tag. */
export async function startRelease(page: Page, tag: string): Promise<void> {
  await page.getByRole('textbox', { name: 'New tag' }).fill(tag)
  const begin = page.getByRole('button', { name: /^Start batch 1/ })
  await expect(begin).toBeEnabled()
  await begin.click()
}
