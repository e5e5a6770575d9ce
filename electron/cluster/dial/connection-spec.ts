import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { Fault } from '../../../shared/fault.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { Json } from '../../../shared/k8s/json.ts'

/** Who a context signs in as, besides a client certificate. */
export type UserSpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  /** As in kubectl the file wins; `token` is what counts as long as the file can't be read. */
  | { readonly kind: 'token-file'; readonly path: string; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'exec'; readonly exec: ExecSpec }
  | { readonly kind: 'oidc'; readonly oidc: OidcSpec }

/** PEM text as it stands in the kubeconfig, or the file that has it: read anew each time, files get rotated. */
export type Material =
  { readonly kind: 'text'; readonly pem: string } | { readonly kind: 'file'; readonly path: string }

/** The auth provider `oidc`, as `kubectl config set-credentials --auth-provider=oidc` writes it. */
export type OidcSpec = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly idToken: string
  readonly refreshToken: string
  readonly ca?: Material
}

export type ExecSpec = {
  readonly apiVersion: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: readonly { readonly name: string; readonly value: string }[]
  readonly installHint: string
  readonly interactiveMode: string
  readonly provideClusterInfo: boolean
  /** `client.authentication.k8s.io/exec` among the cluster's extensions: settings for the plugin. */
  readonly clusterConfig?: Json
  /** The kubeconfig that names it, and its folder: relative commands start there. */
  readonly file: string
}

/** One context of one kubeconfig file, with everything needed to connect. Never leaves this side. */
export type ConnectionSpec = {
  readonly id: ConnectionId
  /** The context's name: for people, never an identity. */
  readonly name: string
  readonly file: string
  readonly namespace: string
  /** `https://…`, `http://…`, or `unix:/path` for the training cluster in the same application. */
  readonly server: string
  readonly user: UserSpec
  readonly clientCertificate?: { readonly certificate: Material; readonly key: Material }
  readonly tls: {
    readonly ca?: Material
    readonly insecure: boolean
    readonly serverName?: string
  }
  readonly proxyUrl?: string
  readonly disableCompression?: boolean
  readonly impersonate?: {
    readonly user: string
    readonly groups: readonly string[]
    readonly uid: string
    readonly extra: Readonly<Record<string, readonly string[]>>
  }
  readonly warnings: readonly FaultSentence[]
  /** Why this entry can't be connected with, in the cases in which kubectl refuses it or we can't do it. */
  readonly unusable?: Fault
  /** What kubectl makes of several files together, where the file alone says something else. */
  readonly merged?: true
  /** What kubectl would use without --context. */
  readonly current: boolean
}

export type LoadedKubeconfigs = {
  readonly connections: readonly ConnectionSpec[]
  readonly problems: readonly { readonly file: string; readonly says: FaultSentence }[]
  /** Files and folders of which nothing could be read this time: what they hold is not known. */
  readonly unread: readonly string[]
  /** Contexts whose cluster or user may stand in one of those. */
  readonly unresolved: readonly ConnectionId[]
  readonly lookedAt: readonly string[]
}
