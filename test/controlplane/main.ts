import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createKubeClient } from '../support/kube-client.ts'
import { buildControlPlane } from './build-control-plane.ts'
import { kubernetesTypesText, readKubernetesTypes, typesPath } from './kubernetes-types.ts'
import { startControlPlane } from './start-control-plane.ts'
import { untilEnd } from './until-end.ts'

const usage = 'controlplane build | start [--emulated-version 1.33] [--second-server] | types'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'emulated-version': { type: 'string' },
    'second-server': { type: 'boolean', default: false },
  },
})

/** 3 when something is missing that is not ours to bring, as for `build` without Go. */
function build(): number {
  const built = buildControlPlane()
  switch (built.kind) {
    case 'built':
      console.log(built.path)
      return 0
    case 'missing':
      console.error(built.what)
      return 3
    case 'failed':
      console.error(built.output)
      return 1
  }
}

async function start(): Promise<number> {
  const code = build()
  if (code !== 0) return code
  const began = performance.now()
  const ended = untilEnd()
  const version = values['emulated-version']
  const plane = await startControlPlane({
    ...(version === undefined ? {} : { emulatedVersion: version }),
    ...(values['second-server'] ? { secondServer: {} } : {}),
  })
  console.log(`KUBECONFIG=${plane.kubeconfigPath}`)
  if (plane.secondServer !== undefined) console.log(`second server: ${plane.secondServer}`)
  console.log(`ready: ${plane.server} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  await ended
  await plane.stop()
  return 0
}

/** What the training cluster knows of the API's types is written anew. */
async function types(): Promise<number> {
  const plane = await startControlPlane()
  const client = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
  writeFileSync(typesPath, kubernetesTypesText(await readKubernetesTypes(client)))
  await client.close()
  await plane.stop()
  return 0
}

switch (positionals[0]) {
  case 'build':
    process.exitCode = build()
    break
  case 'start':
    process.exit(await start())
    break
  case 'types':
    process.exitCode = await types()
    break
  default:
    console.error(usage)
    process.exitCode = 2
}
