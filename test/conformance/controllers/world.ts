import type { Target } from '../targets/target.ts'
import type { KubeClient } from '../../support/kube-client.ts'

/** A cluster with a namespace of its own in it, for one case. */
export type World = {
  readonly target: Target['kind']
  /** Of somebody who may do everything. */
  readonly client: KubeClient
  readonly namespace: string
  /** Looks again, while the cluster's time passes, until there is an answer; fails with what was waited for. */
  until<T>(what: string, look: () => Promise<T | undefined>): Promise<T>
}

/** One behaviour of the controllers, told as a sentence. It fails by throwing. */
export type ControllerCase = {
  readonly name: string
  readonly run: (world: World) => Promise<void>
  /** Why a target cannot have it. */
  readonly skip?: Partial<Readonly<Record<Target['kind'], string>>>
}
