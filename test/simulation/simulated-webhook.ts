import { answerJson, type Answer } from '../../electron/training/api/answer.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { DeploymentState } from './facts.ts'
import type { PlainRequest } from './simulated-network.ts'

type Operation = { readonly op: string; readonly path: string; readonly value?: unknown }

/** An admission webhook for Deployments that somebody else runs. */
export type SimulatedWebhook = {
  /** Meets so many of the next writes, dry runs among them. */
  arm(how: { readonly act: 'deny' | 'mutate'; readonly writes: number }): void
  /** The request as it goes on, or its refusal. */
  admitted(
    request: PlainRequest,
    deployment: (name: string) => DeploymentState | undefined,
  ): PlainRequest | Answer
}

const path = /^\/apis\/apps\/v1\/namespaces\/demo\/deployments\/([^/?]+)/
const sidecar = { name: 'hooked', image: 'registry.example/hook:1' }

export function createWebhook(): SimulatedWebhook {
  let act: 'deny' | 'mutate' = 'deny'
  let left = 0
  return {
    arm(how) {
      act = how.act
      left = how.writes
    },
    admitted(request, deployment) {
      const name = path.exec(request.path)?.[1]
      if (left === 0 || name === undefined || request.method !== 'PATCH' || request.path.includes('/scale')) {
        return request
      }
      left -= 1
      if (act === 'deny') {
        return answerJson(403, {
          kind: 'Status',
          apiVersion: 'v1',
          status: 'Failure',
          message: 'admission webhook "policy.example" denied the request: not now',
          reason: 'Forbidden',
          code: 403,
        })
      }
      const operations = JSON.parse(request.body.toString() || '[]') as unknown
      return Array.isArray(operations)
        ? withSidecar(request, operations as readonly Operation[], deployment(name))
        : request
    },
  }
}

/** Once per pod, as injectors do it. */
function withSidecar(
  request: PlainRequest,
  operations: readonly Operation[],
  before: DeploymentState | undefined,
): PlainRequest {
  const whole = operations.find((one) => one.path === '/spec/template' && one.op !== 'test')?.value
  const template = (whole as JsonObject | undefined) ?? before?.template
  const touches = operations.some((one) => one.op !== 'test' && one.path.startsWith('/spec/template'))
  if (!touches || JSON.stringify(template ?? {}).includes(sidecar.image)) return request
  const added = { op: 'add', path: '/spec/template/spec/containers/-', value: sidecar }
  return { ...request, body: Buffer.from(JSON.stringify([...operations, added])) }
}
