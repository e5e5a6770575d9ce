import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../../../electron/app/app.ts'
import { createSystemApp } from '../../../../electron/app/create-system-app.ts'
import type { ClustersView } from '../../../../shared/contract.ts'
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

/** A login shell whose start-up file sets KUBECONFIG. */
function shell(kubeconfig: string): string {
  const path = home.write(
    'shell',
    `#!/bin/sh\nexport KUBECONFIG='${kubeconfig}'\nwhile [ "$1" != -c ]; do shift; done\nexec /bin/sh -c "$2"\n`,
  )
  chmodSync(path, 0o755)
  return path
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
  const pipes = await arrayPair()
  app.attach(pipes.app)
  const client = connect(pipes.page)
  const names = await new Promise((resolve) => {
    client.subscribe('clusters', {}, ({ clusters }: ClustersView) => {
      if (clusters.length > 0) resolve(clusters.map((one) => one.name))
    })
  })
  expect(names).toEqual(['only-the-shell-knows'])
})
