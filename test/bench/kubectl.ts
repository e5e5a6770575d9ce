import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { controlPlaneProgram } from '../controlplane/build-control-plane.ts'

const run = promisify(execFile)

/** kubectl of the same version, against a kubeconfig. */
export function kubectlFor(kubeconfig: string): (...args: readonly string[]) => Promise<string> {
  return async (...args) => {
    const { stdout } = await run(controlPlaneProgram(), [
      'kubectl',
      '--kubeconfig',
      kubeconfig,
      '-n',
      'demo',
      ...args,
    ])
    return stdout
  }
}
