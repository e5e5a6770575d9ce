import type { Uid } from '../ids.ts'
import type { JsonObject } from './json.ts'

/** The few fields of each kind that Tranche uses. Times are epoch milliseconds of the server's clock. */
export type Meta = {
  readonly name: string
  readonly namespace: string
  readonly uid: Uid
  readonly resourceVersion: string
  readonly generation: number
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly createdAt: number
  readonly deletingSince?: number
  /** The owner reference with `controller: true`: ownership goes by this uid, never by labels or names. */
  readonly controller?: { readonly kind: string; readonly name: string; readonly uid: Uid }
}

export type LabelSelector = {
  readonly matchLabels: Readonly<Record<string, string>>
  readonly matchExpressions: readonly {
    readonly key: string
    readonly operator: string
    readonly values: readonly string[]
  }[]
}

export type Container = {
  readonly name: string
  readonly image: string
  readonly init: boolean
  readonly hasReadinessProbe: boolean
  readonly imagePullPolicy: string
}

export type Condition = {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
  readonly updatedAt: number
}

/** Who last wrote one of the fields that a release depends on, from managedFields. */
export type FieldWriter = {
  readonly field: 'image' | 'replicas' | 'template' | 'paused'
  readonly manager: string
  readonly at: number
}

export type Deployment = {
  readonly meta: Meta
  readonly replicas: number
  readonly selector: LabelSelector
  readonly paused: boolean
  readonly strategy: {
    readonly type: string
    readonly maxSurge: number | string
    readonly maxUnavailable: number | string
  }
  readonly minReadySeconds: number
  readonly progressDeadlineSeconds: number
  readonly revisionHistoryLimit: number
  /** The template as the server stores it: a baseline is a copy of exactly this. */
  readonly template: JsonObject
  readonly templateDigest: string
  readonly containers: readonly Container[]
  readonly writers: readonly FieldWriter[]
  readonly status: {
    readonly observedGeneration: number
    readonly replicas: number
    readonly updated: number
    readonly ready: number
    readonly available: number
    readonly terminating?: number
    readonly conditions: readonly Condition[]
  }
}

export type ReplicaSet = {
  readonly meta: Meta
  readonly replicas: number
  readonly revision: number
  /** Of the template without its `pod-template-hash` label, so that it compares with the Deployment's. */
  readonly templateDigest: string
  /** The same for templates that differ at most in when their pods were restarted. */
  readonly contentDigest: string
  readonly containers: readonly Container[]
  readonly status: {
    readonly observedGeneration: number
    readonly replicas: number
    readonly ready: number
    readonly available: number
    readonly conditions: readonly Condition[]
  }
}

/** Why a pod does not get ready, in the words of the cluster. */
export type PodTrouble = {
  readonly reason: string
  readonly message: string
  readonly container?: string
  readonly exitCode?: number
}

/** Why a pod is not ready though nothing of it is in trouble: what its Ready condition says. */
export type Unready = {
  readonly reason: string
  readonly message: string
  /** The readiness gate that is not open: somebody outside the pod decides about it. */
  readonly gate?: string
}

export type Pod = {
  readonly meta: Meta
  readonly phase: string
  readonly node: string
  readonly ready: boolean
  /** Since when it is (or is not) ready. */
  readonly readySince: number
  /** Of its containers and of its native sidecars (init containers that are restarted always), as kubectl counts. */
  readonly restarts: number
  readonly trouble?: PodTrouble
  readonly unready?: Unready
  /** The one whose log tells most: in trouble, else restarted most, else not ready, else the first. */
  readonly telling: string
  readonly images: readonly { readonly container: string; readonly image: string; readonly imageId: string }[]
}

export type Service = {
  readonly meta: Meta
  readonly type: string
  readonly selector: Readonly<Record<string, string>>
  /** `clusterIP: None`: clients get the addresses of the pods, and choose among them by themselves. */
  readonly headless: boolean
  /** `publishNotReadyAddresses`: its endpoints are called ready whatever their pods say. */
  readonly publishesNotReady: boolean
  /** Of type ExternalName: it is a name for this one, and has no endpoints. */
  readonly externalName: string
  readonly ports: readonly {
    readonly port: number
    readonly targetPort: string
    readonly nodePort?: number
  }[]
}

export type EndpointSlice = {
  readonly meta: Meta
  readonly serviceName: string
  /** IPv4, IPv6 or FQDN: a dual-stack Service has its endpoints once in each. */
  readonly addressType: string
  readonly endpoints: readonly {
    readonly podUid?: Uid
    /** The first: what stands for one that is no pod. */
    readonly address: string
    readonly ready: boolean
    readonly terminating: boolean
  }[]
}

export type ClusterEvent = {
  readonly meta: Meta
  readonly involvedUid: Uid
  readonly involvedKind: string
  readonly involvedName: string
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly count: number
  readonly lastAt: number
}

export type Lease = {
  readonly meta: Meta
  readonly holder: string
  readonly durationSeconds: number
  /** As written (MicroTime text): compared for change only, never with our clock. */
  readonly renewTime: string
  readonly transitions: number
}

export type ConfigMap = {
  readonly meta: Meta
  readonly data: Readonly<Record<string, string>>
  /** In base64. */
  readonly binaryData: Readonly<Record<string, string>>
}

export type Namespace = { readonly meta: Meta; readonly phase: string }

/** Kind name -> what a watch cache of that kind holds. */
export type Kinds = {
  readonly Namespace: Namespace
  readonly Service: Service
  readonly Deployment: Deployment
  readonly ReplicaSet: ReplicaSet
  readonly Pod: Pod
  readonly EndpointSlice: EndpointSlice
  readonly Event: ClusterEvent
  readonly Lease: Lease
  readonly ConfigMap: ConfigMap
}
export type KindName = keyof Kinds
