import type { Target } from '../../../shared/contract.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionId, Uid } from '../../../shared/ids.ts'
import type { ForwardEnd } from '../../../shared/model/forwarding.ts'
import { servingPort } from '../../../shared/model/serving-port.ts'
import type { ForwardView } from '../../../shared/view/forward-view.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import { startPortForward, type PortForward } from '../../cluster/streaming/port-forward.ts'
import { createListeners } from '../async/listeners.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { NamespaceModel, NamespaceModels } from '../watching/namespace-models.ts'
import { withModel } from '../watching/with-model.ts'

/** What is open at a time: a person looks at a few pods, a script that forgets to stop does not take every port. */
const mostOpen = 8
/** What has ended is said until there are so many newer ones. */
const mostEnded = 4

type ForwardWish = {
  readonly target: Target
  readonly pod: string
  /** That of the Service, where none is said. */
  readonly port?: number | undefined
  readonly localPort?: number | undefined
  /** In the browser, once it is up. */
  readonly open?: boolean | undefined
}

export type PortForwards = {
  start(wish: ForwardWish): Promise<Reply<ForwardView>>
  stop(id: string): Promise<Reply<null>>
  of(target: Target): readonly ForwardView[]
  onChange(listener: () => void): () => void
  leaveCluster(connection: ConnectionId): void
  close(): Promise<void>
}

type Entry = {
  readonly id: string
  readonly target: Target
  readonly pod: { readonly name: string; readonly uid: Uid; readonly batch: number; readonly port: number }
  readonly forward: PortForward
  ended?: ForwardEnd
}

type Parts = {
  readonly clock: Clock
  readonly newId: () => string
  readonly clusters: Pick<Clusters, 'get'>
  readonly models: NamespaceModels
  /** Shows an address of this machine to the person; absent where nobody sits. */
  readonly openAddress: ((address: string) => void) | undefined
}

/** The ports of pods that are open on this machine, whoever asked for them: a page that is closed ends none. */
export function createPortForwards(parts: Parts): PortForwards {
  const { clock, clusters, models } = parts
  const { add, tell } = createListeners()
  let entries: readonly Entry[] = []

  async function begin(wish: ForwardWish, pod: Entry['pod']): Promise<Reply<Entry>> {
    const { target, localPort = 0 } = wish
    const same = sameOf(entries, wish, pod)
    if (same !== undefined) return ok(same)
    if (entries.filter((one) => one.ended === undefined).length >= mostOpen)
      return failed('busy', { kind: 'too-many-ports', most: mostOpen })
    const connection = clusters.get(target.connection)
    if (connection === undefined) return failed('unreachable', { kind: 'not-connected' })
    const forward = await startPortForward({
      open: connection.openSocket,
      clock,
      namespace: target.namespace,
      pod: pod.name,
      podPort: pod.port,
      localPort,
      onChange: tell,
    })
    if (!forward.ok) return forward
    if (clusters.get(target.connection) !== connection) {
      await forward.value.end('disconnected')
      return failed('closed', { kind: 'connection-closed' })
    }
    const entry: Entry = { id: parts.newId(), target, pod, forward: forward.value }
    entries = [...entries, entry]
    follow(entry)
    tell()
    return ok(entry)
  }

  /** Ends it with its pod: a connection that nobody uses would not notice. */
  function follow(entry: Entry): void {
    const opened = models.open(entry.target.connection, entry.target.namespace)
    const stop = opened?.model.onChange(() => {
      if (isGone(opened.model, entry.pod.uid)) void entry.forward.end('pod-gone')
    })
    void entry.forward.ended.then((why) => {
      stop?.()
      opened?.dispose()
      entry.ended = why
      entries = withoutOldest(entries)
      tell()
    })
  }

  return {
    start: (wish) =>
      withModel(parts, wish.target, async (model) => {
        const pod = podOf(model, wish)
        if (!pod.ok) return pod
        const begun = await begin(wish, pod.value)
        if (!begun.ok) return begun
        const shown = view(begun.value)
        if (wish.open === true) parts.openAddress?.(shown.address)
        return ok(shown)
      }),
    async stop(id) {
      const entry = entries.find((one) => one.id === id)
      if (entry === undefined) return failed('not-found', { kind: 'port-closed' })
      await entry.forward.end('stopped')
      return ok(null)
    },
    of: ({ connection, namespace, service }) =>
      entries
        .filter(
          ({ target }) =>
            target.connection === connection && target.namespace === namespace && target.service === service,
        )
        .map(view),
    onChange: add,
    leaveCluster(connection) {
      for (const { target, forward } of entries)
        if (target.connection === connection) void forward.end('disconnected')
    },
    async close() {
      await Promise.all(entries.map(({ forward }) => forward.end('stopped')))
    },
  }
}

/** Not what can't be seen just now: what is stale says of nothing that it is gone. */
function isGone(model: NamespaceModel, uid: Uid): boolean {
  if (model.freshness().kind !== 'live') return false
  return model
    .sets()
    .every(({ batches }) => batches.every(({ pods }) => pods.every((pod) => pod.uid !== uid)))
}

function podOf(model: NamespaceModel, { target, pod, port }: ForwardWish): Reply<Entry['pod']> {
  const set = model.set(target.service)
  const batch = set?.batches.find(({ pods }) => pods.some((one) => one.name === pod))
  const found = batch?.pods.find((one) => one.name === pod)
  if (set === undefined || batch === undefined || found === undefined)
    return failed('not-found', { kind: 'no-pod', pod, service: target.service })
  const wanted = port ?? servingPort(set.service, batch.template)
  return wanted === undefined
    ? failed('invalid-input', { kind: 'no-port-named', service: target.service })
    : ok({ name: found.name, uid: found.uid, batch: batch.number, port: wanted })
}

function view({ id, pod, forward, ended }: Entry): ForwardView {
  const trouble = forward.trouble()
  return {
    id,
    pod: pod.name,
    batch: pod.batch,
    podPort: pod.port,
    localPort: forward.localPort,
    address: `http://127.0.0.1:${forward.localPort}/`,
    state:
      ended === undefined
        ? { kind: 'open', connections: forward.connections() }
        : { kind: 'ended', why: ended },
    ...(trouble !== undefined && { trouble }),
  }
}

/** The same port of the same pod is opened once, unless another port of this machine is wanted for it. */
function sameOf(
  entries: readonly Entry[],
  { target, localPort }: ForwardWish,
  pod: Entry['pod'],
): Entry | undefined {
  return entries.find(
    (one) =>
      one.ended === undefined &&
      one.target.connection === target.connection &&
      one.pod.uid === pod.uid &&
      one.pod.port === pod.port &&
      (localPort === undefined || localPort === one.forward.localPort),
  )
}

/** What has ended is said for a while, not for ever. */
function withoutOldest(entries: readonly Entry[]): readonly Entry[] {
  const over = entries.filter((one) => one.ended !== undefined)
  const forgotten = over.slice(0, Math.max(0, over.length - mostEnded))
  return entries.filter((one) => !forgotten.includes(one))
}
