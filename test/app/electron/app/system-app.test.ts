import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../../../electron/app/app.ts'
import { createSystemApp } from '../../../../electron/app/create-system-app.ts'
import type { ClustersView } from '../../../../shared/view/clusters-view.ts'
import { connect } from '../../../../shared/rpc.ts'
import { createHome, kubeconfigText, type Home } from '../../../support/kubeconfig-home.ts'
import { arrayPair } from '../../../support/pipe-pairs.ts'

let home: Home
let app: App | undefined
beforeEach(() => {
  home = createHome()
})
afterEach(async () => {
  await app?.close()
  home.remove()
})

type Env = Readonly<Record<string, string>>
const text = kubeconfigText()

/** A login shell whose start-up file sets KUBECONFIG. */
function shell(kubeconfig: string): string {
  const path = home.write(
    'shell',
    `#!/bin/sh\nexport KUBECONFIG='${kubeconfig}'\nwhile [ "$1" != -c ]; do shift; done\nexec /bin/sh -c "$2"\n`,
  )
  chmodSync(path, 0o755)
  return path
}

/** Of the contexts that are there, at once or once there are any. */
async function names(of: App, when: 'at-once' | 'later'): Promise<unknown> {
  const pipes = await arrayPair()
  of.attach(pipes.app)
  const client = connect(pipes.page)
  return await new Promise((resolve) => {
    client.subscribe('clusters', {}, ({ clusters }: ClustersView) => {
      if (when === 'at-once' || clusters.length > 0) resolve(clusters.map((one) => one.name))
    })
  })
}

test('started from a dock, the KUBECONFIG that only the login shell sets is found', async () => {
  const kubeconfig = home.write('elsewhere/config', kubeconfigText({ context: 'only-the-shell-knows' }))
  app = await createSystemApp({
    training: 'off',
    dataFolder: join(home.path, 'data'),
    env: { PATH: '/usr/bin:/bin', SHELL: shell(kubeconfig) },
    homedir: home.path,
    version: '0',
    fromDesktop: true,
    log: () => undefined,
  })
  expect(await names(app, 'later')).toEqual(['only-the-shell-knows'])
})

test.each([
  ['a variable that is written as Windows writes it', (): Env => ({ Kubeconfig: home.write('a', text) })],
  [
    "kubectl's own place for a home",
    (): Env => ({ Home: dirname(dirname(home.write('li/.kube/config', text))) }),
  ],
])('under Windows a kubeconfig is found by %s', async (_, env) => {
  app = await createSystemApp({
    training: 'off',
    dataFolder: join(home.path, 'data'),
    env: env(),
    homedir: join(home.path, 'profile'),
    platform: 'win32',
    version: '0',
    log: () => undefined,
  })
  expect(await names(app, 'at-once')).toEqual(['x'])
})
