import type { Snapshot } from '../../electron/cluster/watch/watch-set.ts'
import type { Lists } from './fresh-lists.ts'

const lists = {
  Service: 'services',
  Deployment: 'deployments',
  ReplicaSet: 'replicaSets',
  Pod: 'pods',
  EndpointSlice: 'slices',
  Lease: 'leases',
  Event: 'events',
} as const
type ShownKind = keyof typeof lists
type Shown = Snapshot[(typeof lists)[ShownKind]][number]
const kinds = Object.keys(lists) as ShownKind[]

/** Looks at everything that is shown, one snapshot after the other, and names each step that no server has made. */
export type ShownSteps = {
  look(snapshot: Snapshot): void
  readonly wrong: readonly string[]
}

export function createShownSteps(): ShownSteps {
  const wrong: string[] = []
  const versions = new Map<string, number>()
  const gone = new Set<string>()
  const shown = new Map<ShownKind, Snapshot[(typeof lists)[ShownKind]]>()

  function step(kind: ShownKind, before: readonly Shown[], now: readonly Shown[]): void {
    const names = new Set<string>()
    const uids = new Set<string>()
    for (const { meta } of now) {
      const version = Number(meta.resourceVersion)
      if (gone.has(meta.uid)) wrong.push(`${kind} ${meta.name} is back after it was gone`)
      if (version < (versions.get(meta.uid) ?? 0)) wrong.push(`${kind} ${meta.name} went back`)
      if (names.has(meta.name)) wrong.push(`${kind} ${meta.name} is there twice`)
      names.add(meta.name)
      uids.add(meta.uid)
      versions.set(meta.uid, version)
    }
    for (const { meta } of before) if (!uids.has(meta.uid)) gone.add(meta.uid)
  }

  return {
    wrong,
    look(snapshot) {
      for (const kind of kinds) {
        const before = shown.get(kind) ?? []
        const now = snapshot[lists[kind]]
        if (now === before) continue
        shown.set(kind, now)
        step(kind, before, now)
      }
    },
  }
}

/** What is shown, or what fresh lists have, as one text: equal when nothing is missed and nothing is old. */
export function shownText(all: Lists): string {
  return kinds
    .flatMap((kind) => all[lists[kind]].map((one) => `${kind} ${JSON.stringify(one)}`))
    .sort()
    .join('\n')
}
