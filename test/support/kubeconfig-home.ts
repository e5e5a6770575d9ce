import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { loadKubeconfigs, type LoadedKubeconfigs } from '../../electron/cluster/kubeconfig/kubeconfig.ts'
import { realFiles } from './foreign-files.ts'

type Fields = Readonly<Record<string, unknown>>

/** A kubeconfig with one context; what a test is about it says itself. */
export function kubeconfigText(
  parts: {
    readonly context?: string
    readonly current?: string
    readonly cluster?: Fields
    readonly user?: Fields
    readonly clusterName?: string
    readonly userName?: string
  } = {},
): string {
  const { context = 'x', clusterName = 'c', userName = 'u' } = parts
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': parts.current ?? context,
    clusters: [{ name: clusterName, cluster: { server: 'https://one.example', ...parts.cluster } }],
    users: [{ name: userName, user: parts.user ?? { token: 'secret' } }],
    contexts: [{ name: context, context: { cluster: clusterName, user: userName, namespace: 'demo' } }],
  })
}

/** A home folder of its own for one test. */
export type Home = {
  readonly path: string
  write(name: string, text: string | Buffer): string
  /** With these files in KUBECONFIG; without any, as without the variable. */
  load(...paths: readonly string[]): Promise<LoadedKubeconfigs>
  remove(): void
}

export function createHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'tranche-home-'))
  return {
    path,
    write(name, text) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
      return file
    },
    load: (...paths) =>
      loadKubeconfigs(
        { env: paths.length === 0 ? {} : { KUBECONFIG: paths.join(':') }, homedir: path },
        realFiles,
      ),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}
