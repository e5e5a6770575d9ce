import {
  sameTarget,
  type ConnectionSpec,
  type LoadedKubeconfigs,
} from '../../cluster/kubeconfig/kubeconfig.ts'
import { keepLastGood } from '../../cluster/kubeconfig/last-good.ts'

export type KnownContexts = {
  now(): LoadedKubeconfigs
  /** Settles once what is there now is known. */
  rescan(): Promise<void>
}

type Options = {
  readonly load: () => Promise<LoadedKubeconfigs>
  readonly first: LoadedKubeconfigs
  readonly training?: ConnectionSpec
  /** As they were opened. */
  readonly openOnes: () => readonly ConnectionSpec[]
  readonly onChange: () => void
  readonly log: (line: string) => void
}

/** What the kubeconfigs hold, and what is open whatever they hold by now. */
export function createKnownContexts(options: Options): KnownContexts {
  const { training } = options
  let known = complete(options.first)
  let scanning: Promise<void> | undefined
  let scansAgain: Promise<void> | undefined

  function complete(read: LoadedKubeconfigs): LoadedKubeconfigs {
    const opened = options.openOnes().filter(({ id }) => id !== training?.id)
    const found = withOpenOnes(read, opened)
    return training === undefined ? found : { ...found, connections: [...found.connections, training] }
  }

  async function scan(): Promise<void> {
    const found = await options.load()
    const before = JSON.stringify(known)
    known = keepLastGood(known, complete(found))
    if (JSON.stringify(known) !== before) options.onChange()
  }

  /** One look at a time, and one more for all who ask meanwhile: it may have begun before what they have changed. */
  function rescan(): Promise<void> {
    if (scanning === undefined) {
      scanning = scan()
        .catch((error: unknown) => options.log(`kubeconfigs: ${String(error)}`))
        .finally(() => (scanning = undefined))
      return scanning
    }
    scansAgain ??= scanning.then(() => {
      scansAgain = undefined
      return rescan()
    })
    return scansAgain
  }

  return { now: () => known, rescan }
}

/** A connection that is open stays what it was opened as, whatever happens to its file: a release may run on it. */
function withOpenOnes(found: LoadedKubeconfigs, opened: readonly ConnectionSpec[]): LoadedKubeconfigs {
  const pinned = opened.flatMap((spec) => {
    const now = found.connections.find((one) => one.id === spec.id)
    if (now !== undefined && sameTarget(now, spec)) return []
    const warning =
      now === undefined ? ({ kind: 'context-gone' } as const) : ({ kind: 'context-changed' } as const)
    return [{ ...spec, current: false, warnings: [...spec.warnings, warning] }]
  })
  const others = found.connections.filter((one) => !pinned.some((pin) => pin.id === one.id))
  return { ...found, connections: [...others, ...pinned] }
}
