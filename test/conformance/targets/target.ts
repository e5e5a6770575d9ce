import type { KubeClient } from '../../support/kube-client.ts'

export type UserName = 'admin' | 'viewer' | 'partial'

/** One cluster that the conformance suite asks; the same questions go to each of them. */
export type Target = {
  readonly kind: 'training' | 'real'
  readonly server: string
  /** For the admin, namespace `demo`. */
  readonly kubeconfigPath: string
  client(user: UserName): KubeClient
  /** Page tokens and exact versions from before are forgotten. */
  compact(): Promise<void>
  /** What watches were told before is forgotten; open connections are cut. */
  forgetWatches(): Promise<void>
  stop(): Promise<void>
}

export type TargetOptions = {
  /** Nodes whose pods live, so many times as fast as they would; without, no pod ever starts. */
  readonly podSpeed?: number
}
