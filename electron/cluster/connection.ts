import type { FaultSentence } from '../../shared/fault-sentence.ts'
import { sayFaultSentence } from '../../shared/words/faults/say-fault.ts'
import { faultOf, ok, sentenceOf, type Fault, type Reply } from '../../shared/fault.ts'
import type { ConnectionReport } from '../../shared/model/doctor.ts'
import type { Freshness } from '../../shared/model/freshness.ts'
import { createApi, type Api } from './requests/api.ts'
import { bounds } from './requests/bounds.ts'
import type { ConnectionSpec } from './dial/connection-spec.ts'
import { createClusterClock, type ClusterClock } from './clock/cluster-clock.ts'
import { createCredentials, type CredentialTools } from './sign-in/credentials.ts'
import { createSocketOpener, type OpenSocket } from './streaming/open-socket.ts'
import { createSilenceWatch } from './watch/silence-watch.ts'
import { createTransport } from './requests/transport.ts'
import type { UnansweredWrite } from './requests/unanswered-writes.ts'
import { createWatchSet, type WatchSet } from './watch/watch-set.ts'
import { createScales } from './dial/weight-of.ts'
import { createWithheld, withheldTalk } from './sign-in/withheld.ts'

export type ConnectTools = CredentialTools & {
  readonly random: () => number
  readonly version: string
  /** CAs that this machine trusts, see `machineTrust`. */
  readonly trusted: () => readonly string[]
  readonly log: (line: string) => void
  /** Gives the attempt up, and ends a plugin that still runs. */
  readonly signal?: AbortSignal
}

/** How the cluster as a whole answers. `fault` says what is wrong as long as something is. */
type Health = { readonly freshness: Freshness; readonly fault?: Fault }

export type Connection = {
  readonly spec: ConnectionSpec
  readonly api: Api
  /** The server's version, for people. */
  readonly version: string
  /** What releases are timed by. */
  readonly clock: ClusterClock
  health(): Health
  onHealth(listener: () => void): () => void
  /** What tells this cluster from all others, whatever contexts call it; undefined if it may not be known. */
  identity(): Promise<string | undefined>
  /** Told when another cluster answers than the one that was connected: it was created anew behind the same address. */
  onReplaced(listener: () => void): () => void
  /** All namespaces; `forbidden` is a normal answer. */
  namespaces(): Promise<Reply<readonly string[]>>
  /** `isDriven`: whether a release is driven there just now. */
  watchNamespace(namespace: string, isDriven: () => boolean): WatchSet
  /** What was sent, and the age of each watch. */
  report(): Pick<ConnectionReport, 'requests' | 'throttledAt' | 'watches'>
  unanswered(): readonly UnansweredWrite[]
  /** To what a kubelet streams, as the same user over the same way. */
  readonly openSocket: OpenSocket
  /** A person asks: sign in again if needed, and take all watches up at once. */
  retry(): Promise<Reply<null>>
  /** Before the machine sleeps, or while nobody looks. */
  suspend(why: FaultSentence): void
  /** Takes the watches up again, spread by chance over some seconds. */
  resume(withinMs?: number): void
  close(): Promise<void>
}

/** Reaches the server once, so that what is wrong is said at once and in words. */
export async function connect(spec: ConnectionSpec, tools: ConnectTools): Promise<Reply<Connection>> {
  if (spec.unusable !== undefined) return { ok: false, fault: spec.unusable }
  const { clock, random } = tools
  const withheld = createWithheld(spec)
  const log = (line: string): void => tools.log(withheld.text(line))
  const listeners = new Set<() => void>()
  const replacedListeners = new Set<() => void>()
  /** Those that rest are in `all` only. */
  const all = new Set<WatchSet>()
  const watched = new Set<WatchSet>()
  const cluster = { streamingLists: true, scales: createScales() }
  let identity: string | undefined
  let health: Health = { freshness: { kind: 'live' } }
  const clusterClock = createClusterClock(clock)
  let heard = (): void => undefined
  const talk = tools.talk === undefined ? {} : { talk: withheldTalk(tools.talk, withheld) }
  const credentials = createCredentials(spec, { ...tools, ...talk, log })
  const userAgent = `tranche/${tools.version} (${process.platform})`
  const transport = createTransport({
    ...tools,
    spec,
    credentials,
    withheld,
    userAgent,
    onOutcome: (fault) => judge(fault),
    onTime: clusterClock.heard,
    onHeard: () => heard(),
  })
  const api = createApi(transport)
  const ended = new AbortController()
  const openSocket = createSocketOpener({
    ...tools,
    spec,
    credentials,
    withheld,
    userAgent,
    closed: ended.signal,
  })
  const giveUp = (): void => void transport.close()
  tools.signal?.addEventListener('abort', giveUp)
  // A person may have to sign in: that has a limit of its own, and no request waits for it.
  const signIn = async (): Promise<Reply<null>> => {
    const signedIn = await credentials.get()
    return signedIn.ok ? ok(null) : { ok: false, fault: withheld.fault(signedIn.fault) }
  }
  const reach = async (): Promise<Reply<string>> => {
    const signedIn = await signIn()
    return signedIn.ok ? await api.version(bounds.read) : signedIn
  }
  const version = await reach()
    .catch(async (error: unknown) => {
      await transport.close()
      throw error
    })
    .finally(() => tools.signal?.removeEventListener('abort', giveUp))
  // A server may keep /version for those who are signed in with more rights: that is no reason to give up.
  if (!version.ok && version.fault.code !== 'forbidden') {
    await transport.close()
    return version
  }

  async function askIdentity(): Promise<string | undefined> {
    const found = await api.get('Namespace', { namespace: '', name: 'kube-system' }, bounds.read)
    return found.ok ? found.value.meta.uid : undefined
  }

  /** Whatever was not to be reached for a while may be another one now. */
  async function checkIdentity(): Promise<void> {
    if (identity === undefined) return
    const found = await askIdentity()
    if (found === undefined || found === identity) return
    identity = found
    for (const listener of [...replacedListeners]) listener()
  }

  function judge(fault: Fault | undefined, silentMs = 0): void {
    const before = health
    if (fault === undefined || !concernsConnection(fault)) health = { freshness: { kind: 'live' } }
    else {
      const since = before.freshness.kind === 'stale' ? before.freshness.since : clusterClock.now() - silentMs
      health = { freshness: { kind: 'stale', since, why: sentenceOf(fault) }, fault }
    }
    if (JSON.stringify(before) === JSON.stringify(health)) return
    if (before.fault !== undefined && health.fault === undefined) void checkIdentity()
    for (const listener of [...listeners]) listener()
  }

  const silence = createSilenceWatch({
    clock,
    isWatched: () => watched.size > 0,
    ask: () => api.version(bounds.probe),
    onSilent(ms) {
      const silent = { kind: 'silent', server: spec.server, seconds: Math.round(ms / 1000) } as const
      log(sayFaultSentence(silent, 'en'))
      judge(faultOf('timeout', silent), ms)
      for (const one of watched) one.suspend(silent, ms)
    },
    // Where the whole way was gone, a watch may be dead without knowing it: all are taken up anew.
    onVoice() {
      judge(undefined)
      resume()
    },
  })

  heard = silence.heard

  function resume(withinMs?: number): void {
    for (const one of watched) one.resume(withinMs)
  }

  return ok({
    spec,
    api,
    version: version.ok ? version.value : 'unknown',
    clock: clusterClock,
    health: () => health,
    onHealth(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async identity() {
      identity ??= await askIdentity()
      return identity
    },
    onReplaced(listener) {
      replacedListeners.add(listener)
      return () => replacedListeners.delete(listener)
    },
    async namespaces() {
      const list = await api.list('Namespace', {})
      return list.ok ? ok(list.value.items.map((one) => one.meta.name).sort()) : list
    },
    watchNamespace(namespace, isDriven) {
      const set = createWatchSet({ api, namespace, clock: clusterClock, random, cluster, isDriven, log })
      watched.add(set)
      all.add(set)
      return {
        ...set,
        // What rests by itself is not woken with the others.
        suspend(why) {
          watched.delete(set)
          set.suspend(why)
        },
        resume(withinMs) {
          watched.add(set)
          set.resume(withinMs)
        },
        stop() {
          all.delete(set)
          watched.delete(set)
          set.stop()
        },
      }
    },
    report: () => ({ ...transport.sent(), watches: [...all].flatMap((set) => set.watches()) }),
    unanswered: transport.unanswered,
    openSocket,
    async retry() {
      credentials.retry()
      const signedIn = await signIn()
      const answer = signedIn.ok ? await api.version(bounds.read) : signedIn
      if (!answer.ok && answer.fault.code !== 'forbidden') return answer
      resume()
      return ok(null)
    },
    suspend(why) {
      for (const one of watched) one.suspend(why)
    },
    resume,
    close() {
      silence.stop()
      ended.abort()
      return transport.close()
    },
  })
}

/** Whether the way to the server or the sign-in is broken, and not just one request refused. */
function concernsConnection({ code }: Fault): boolean {
  switch (code) {
    case 'unreachable':
    case 'timeout':
    case 'tls':
    case 'unauthorized':
    case 'plugin':
    case 'consent-needed':
    case 'kubeconfig':
    case 'bad-answer':
      return true
    default:
      return false
  }
}
