import { expect } from 'vitest'
import {
  conditionOf,
  controllerOf,
  type Condition,
  type Deployment,
  type EventObject,
  type KubeObject,
  type Pod,
  type ReplicaSet,
} from '../../../electron/training/objects/objects.ts'
import { deploymentManifest } from '../../../electron/training/scenarios/scenario-manifests.ts'
import type { JsonObject } from '../../../electron/training/objects/json.ts'
import { itemsOf } from '../../support/watched-objects.ts'
import type { World } from './world.ts'

export type Spec = Partial<
  Pick<
    Deployment['spec'],
    'paused' | 'minReadySeconds' | 'progressDeadlineSeconds' | 'revisionHistoryLimit' | 'strategy'
  >
> & {
  readonly app?: string
  readonly replicas?: number
  readonly tag?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** More for the spec of the pods. */
  readonly pod?: JsonObject
}

export function rolling(
  maxSurge: number | string,
  maxUnavailable: number | string,
): Deployment['spec']['strategy'] {
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } }
}

export function image(tag: string): string {
  return `registry.example/demo:${tag}`
}

/** What the cases do with Deployments and what belongs to them, in the namespace of their world. */
export type Workloads = ReturnType<typeof workloadsOf>

export function workloadsOf(world: World) {
  const { client, namespace } = world
  const core = `/api/v1/namespaces/${namespace}`
  const apps = `/apis/apps/v1/namespaces/${namespace}`

  function manifest(name: string, given: Spec): JsonObject {
    const { app = name, replicas = 1, tag = '1', annotations = {}, pod = {}, ...spec } = given
    const whole = deploymentManifest({ name, namespace, app, replicas, image: image(tag) }) as {
      readonly metadata: JsonObject
      readonly spec: JsonObject & { readonly template: { readonly spec: JsonObject } & JsonObject }
    } & JsonObject
    const template = { ...whole.spec.template, spec: { ...whole.spec.template.spec, ...pod } }
    return {
      ...whole,
      metadata: { ...whole.metadata, annotations },
      spec: { ...whole.spec, ...(spec as JsonObject), template },
    }
  }

  async function create(name: string, spec: Spec = {}): Promise<Deployment> {
    const answer = await client.post(`${apps}/deployments`, manifest(name, spec))
    expect(answer.status, answer.text).toBe(201)
    return answer.body as unknown as Deployment
  }

  async function get(name: string): Promise<Deployment> {
    const answer = await client.get(`${apps}/deployments/${name}`)
    expect(answer.status, answer.text).toBe(200)
    return answer.body as unknown as Deployment
  }

  async function patch(name: string, body: unknown): Promise<Deployment> {
    const kind = Array.isArray(body) ? 'json' : 'merge'
    const answer = await client.patch(`${apps}/deployments/${name}`, kind, body)
    expect(answer.status, answer.text).toBe(200)
    return answer.body as unknown as Deployment
  }

  function setTag(name: string, tag: string): Promise<Deployment> {
    return patch(name, [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: image(tag) }])
  }

  function scale(name: string, replicas: number): Promise<Deployment> {
    return patch(name, { spec: { replicas } })
  }

  async function list<T>(path: string): Promise<readonly T[]> {
    const answer = await client.get(path)
    expect(answer.status, answer.text).toBe(200)
    return itemsOf(answer.body) as unknown as readonly T[]
  }

  /** The ReplicaSets that the Deployment owns, by rising revision. */
  async function sets(name: string): Promise<readonly ReplicaSet[]> {
    const { metadata } = await get(name)
    const all = await list<ReplicaSet>(`${apps}/replicasets`)
    return all
      .filter((set) => controllerOf(set as KubeObject)?.uid === metadata.uid)
      .sort((a, b) => revision(a) - revision(b))
  }

  async function podsOf(set: ReplicaSet): Promise<readonly Pod[]> {
    const all = await list<Pod>(`${core}/pods`)
    return all.filter((pod) => controllerOf(pod as KubeObject)?.uid === set.metadata.uid)
  }

  async function pods(name: string): Promise<readonly Pod[]> {
    const owned = await Promise.all((await sets(name)).map(podsOf))
    return owned.flat()
  }

  /** The Deployment once its controller has seen it and it fits. */
  function when(
    name: string,
    what: string,
    fits: (deployment: Deployment) => boolean | Promise<boolean>,
  ): Promise<Deployment> {
    return world.until(`${name} ${what}`, async () => {
      const found = await get(name)
      return isSeen(found) && (await fits(found)) ? found : undefined
    })
  }

  function done(name: string): Promise<Deployment> {
    return when(name, 'is rolled out', isComplete)
  }

  /** Once its ReplicaSets, oldest revision first, have these sizes. */
  function sized(name: string, sizes: readonly number[]): Promise<Deployment> {
    return when(name, `has ReplicaSets of ${sizes.join(' and ')}`, async () => {
      const found = (await sets(name)).map((set) => set.spec.replicas)
      return found.join() === sizes.join()
    })
  }

  async function withCondition(name: string, wanted: Pick<Condition, 'type' | 'reason'>): Promise<Condition> {
    const found = await when(
      name,
      `says ${wanted.type} ${wanted.reason ?? ''}`,
      ({ status }) => conditionOf(status?.conditions, wanted.type)?.reason === wanted.reason,
    )
    const condition = conditionOf(found.status?.conditions, wanted.type)
    if (condition === undefined) throw new Error(`no condition ${wanted.type}`)
    return condition
  }

  /** Events about an object, by what they say. */
  async function events(uid: string, reason: string): Promise<readonly EventObject[]> {
    const found = await list<EventObject>(`${core}/events`)
    return found.filter((event) => event.involvedObject.uid === uid && event.reason === reason)
  }

  async function post(path: string, body: JsonObject): Promise<JsonObject> {
    const answer = await client.post(path, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.body
  }

  return {
    core,
    apps,
    manifest,
    create,
    get,
    patch,
    setTag,
    scale,
    list,
    sets,
    podsOf,
    pods,
    when,
    done,
    sized,
    withCondition,
    events,
    post,
  }
}

export function revision(object: KubeObject): number {
  return Number(object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0)
}

function isSeen({ metadata, status }: Deployment): boolean {
  return (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0)
}

/** As the controller sees it: all pods are new and available, and there are as many as wanted. */
export function isComplete({ spec, status = {} }: Deployment): boolean {
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status
  return [updatedReplicas, replicas, availableReplicas].every((count) => count === spec.replicas)
}
