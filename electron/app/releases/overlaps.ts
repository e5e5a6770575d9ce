import { faultText } from '../../../shared/words/faults/say-fault.ts'
import { faultOf, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Lease } from '../../../shared/k8s/objects.ts'
import type { Release, ReleaseBatch } from '../../../shared/release/release.ts'
import { isOver } from '../../../shared/release/standing.ts'
import { isClaim, readJournal } from '../../release/journal.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import type { RunnerClock } from '../../release/runner.ts'

type Held = {
  readonly service: Pick<Release['service'], 'name' | 'namespace'>
  readonly batches: readonly Pick<ReleaseBatch, 'uid'>[]
}

/** An unfinished release of another Service that holds a Deployment which this one holds too. */
export function overlapping(mine: Held, others: readonly Release[]): Release | undefined {
  const held = new Set(mine.batches.map((own) => own.uid))
  return others.find(
    (other) =>
      !isOver(other) &&
      other.service.namespace === mine.service.namespace &&
      other.service.name !== mine.service.name &&
      other.batches.some((own) => held.has(own.uid)),
  )
}

/** Named, with how it is opened: two releases over the same Deployments would write over each other. */
export function overlapFault({ id, startedBy, service }: Release): Fault {
  return {
    ...faultOf('conflict', {
      kind: 'release-overlaps',
      id,
      by: startedBy,
      service: service.name,
      namespace: service.namespace,
    }),
    elsewhere: { namespace: service.namespace, service: service.name },
  }
}

/** How long a claim beside ours is waited for, at most: it is settled or dropped with its next write. */
const waitMs = 20_000
const lookEveryMs = 1_000

type Claiming = {
  readonly api: ReleaseApi
  readonly clock: RunnerClock
  readonly log: (line: string) => void
}

/**
 * After the lock is taken, every Lease of the namespace is read once more: of two Services that are released at the
 * same moment, each has taken its own. What goes on already is yielded to; of two claims the one with the smaller id
 * waits until the other has yielded or goes on, so that at most one does and none waits for ever.
 */
export async function yieldsTo({ api, clock, log }: Claiming, mine: Release): Promise<Fault | undefined> {
  const until = clock.monotonic() + waitMs
  for (;;) {
    const listed = await api.listLeases(mine.service.namespace)
    if (!listed.ok) {
      log(`release ${mine.id}: other Services' releases are not known: ${faultText(listed.fault, 'en')}`)
      return undefined
    }
    const found = beside(mine, listed.value)
    if (found === undefined) return undefined
    const { other, claims } = found
    if (!claims || other.id < mine.id || clock.monotonic() >= until) return overlapFault(other)
    await new Promise<void>((resolve) => clock.setTimer(lookEveryMs, resolve))
  }
}

function beside(
  mine: Release,
  leases: readonly Lease[],
): { readonly other: Release; readonly claims: boolean } | undefined {
  const others = leases.flatMap((lease) => {
    const read: Reply<Release | undefined> = readJournal(lease)
    const other = read.ok && read.value !== undefined ? overlapping(mine, [read.value]) : undefined
    return other === undefined ? [] : [{ other, claims: isClaim(lease) }]
  })
  // What goes on counts before what is only claimed.
  return others.find((one) => !one.claims) ?? others.sort((a, b) => (a.other.id < b.other.id ? -1 : 1))[0]
}
