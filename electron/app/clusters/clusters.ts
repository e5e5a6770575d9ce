import type { Reply } from '../../../shared/fault.ts'
import type { ClustersView } from '../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { Unsaved } from '../../../shared/model/unsaved.ts'
import type { Connection } from '../../cluster/connection.ts'
import { isInsecure } from '../../cluster/kubeconfig/is-insecure.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { UnansweredWrite } from '../../cluster/requests/unanswered-writes.ts'
import { createListeners } from '../async/listeners.ts'
import type { Resting } from '../watching/watch-order.ts'
import { createConnecting, type ConnectingOptions } from './connecting.ts'
import { createKnownContexts } from './known-contexts.ts'
import { createOpenConnections } from './open-connections.ts'
import { createSignIns } from './sign-ins.ts'

export type ClustersOptions = Pick<
  ConnectingOptions,
  'connect' | 'pluginOf' | 'onClosed' | 'onAgain' | 'log'
> & {
  /** Reads the kubeconfigs anew. Executes nothing, connects to nothing. */
  readonly load: () => Promise<LoadedKubeconfigs>
  /** As they were read when it began. */
  readonly first: LoadedKubeconfigs
  /** Files and folders that were added by hand. */
  readonly added: () => readonly string[]
  /** What is kept on this machine can't be written just now. */
  readonly unsaved: () => Unsaved | undefined
  readonly training?: ConnectionSpec
  /** What the person says about it, and whether changes are switched on. */
  readonly about: (
    spec: ConnectionSpec,
  ) => Pick<ClusterView, 'alias' | 'colour' | 'production' | 'productionSaid' | 'replacedAt' | 'drives'>
  /** Since when it is connected without being watched. */
  readonly resting: (id: ConnectionId) => Resting | undefined
}

export type Clusters = {
  view(): ClustersView
  onChange(listener: () => void): () => void
  /** A click. The only other reason to connect is a release that this installation drives. */
  connect(id: ConnectionId, consent?: string): Promise<Reply<null>>
  disconnect(id: ConnectionId): Promise<Reply<null>>
  /** Settles once what is there now is known. */
  rescan(): Promise<void>
  /** A line for the plugin that signs in there just now, if it is still the one that was answered. */
  answer(id: ConnectionId, said: { readonly run: number; readonly line: string }): Reply<null>
  spec(id: ConnectionId): ConnectionSpec | undefined
  specs(): readonly ConnectionSpec[]
  /** Something that `about` gives has changed. */
  tell(): void
  get(id: ConnectionId): Connection | undefined
  /** After sleep: no socket can be trusted. All watches start anew, spread by chance over the given time. */
  resume(withinMs: number): void
  /** Writes that were sent and not answered, over connections that are open. */
  unanswered(): readonly UnansweredWrite[]
  close(): Promise<void>
}

type State = ClusterView['state']

/** All contexts and how each of them stands. */
export function createClusters(options: ClustersOptions): Clusters {
  const { add, tell } = createListeners()
  const open = createOpenConnections(options.log)
  const signIns = createSignIns(tell)
  const contexts = createKnownContexts({
    ...options,
    openOnes: () => open.all().map(({ spec }) => spec),
    onChange: tell,
  })
  const specOf = (id: ConnectionId) => contexts.now().connections.find((one) => one.id === id)
  const { connect, disconnect, ...connecting } = createConnecting({
    ...options,
    open,
    talk: signIns.talk,
    specOf,
    rescan: contexts.rescan,
    tell,
  })

  return {
    view: () => ({
      ...contextsView(contexts.now(), options, (id) => ({
        state: shownState(connecting.state(id), options.resting(id)),
        ...signIns.view(id),
      })),
      added: options.added(),
      ...unsavedView(options.unsaved()),
    }),
    onChange: add,
    connect,
    disconnect,
    rescan: contexts.rescan,
    answer: signIns.answer,
    specs: () => contexts.now().connections,
    spec: specOf,
    tell,
    get: open.get,
    resume: open.resume,
    unanswered: open.unanswered,
    close() {
      connecting.abort()
      return open.close()
    },
  }
}

/** What is not watched while it is connected is as old as its last watch. */
function shownState(state: State | undefined, resting: Resting | undefined): State {
  if (state?.kind !== 'connected' || state.freshness.kind !== 'live' || resting === undefined)
    return state ?? { kind: 'idle' }
  return { ...state, resting: true, freshness: { kind: 'stale', ...resting } }
}

function contextsView(
  { connections, problems, lookedAt }: LoadedKubeconfigs,
  { about, training }: Pick<ClustersOptions, 'about' | 'training'>,
  standing: (id: ConnectionId) => Pick<ClusterView, 'state' | 'signIn'>,
): Pick<ClustersView, 'clusters' | 'problems' | 'lookedAt'> {
  const clusters = connections.map((spec) => ({
    ...clusterView(spec, training?.id),
    ...about(spec),
    ...standing(spec.id),
  }))
  return { clusters, problems, lookedAt }
}

function unsavedView(unsaved: Unsaved | undefined): Pick<ClustersView, 'unsaved'> {
  return unsaved === undefined ? {} : { unsaved }
}

function clusterView(
  spec: ConnectionSpec,
  training: ConnectionId | undefined,
): Omit<ClusterView, 'state' | keyof ReturnType<ClustersOptions['about']>> {
  return {
    id: spec.id,
    name: spec.name,
    file: spec.file,
    server: spec.server,
    namespace: spec.namespace,
    training: spec.id === training,
    current: spec.current,
    warnings: spec.warnings,
    ...(spec.merged === true && { merged: true }),
    ...(isInsecure(spec) && { insecure: true }),
  }
}
