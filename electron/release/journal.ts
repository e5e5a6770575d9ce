import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import type { Release } from '../../shared/release/release.ts'
import { isOver } from '../../shared/release/standing.ts'
import { decodeRelease, encodeRelease, tooLarge } from './journal-codec.ts'
import { claimAnnotation, journalAnnotation, leaseBody, type Place } from './lease-body.ts'
import { ownName } from './own-name.ts'
import type { ReleaseApi } from './release-api.ts'
import { readAsk, type Ask } from './ask.ts'

export const renewEveryMs = 15_000
/** Without a renewal for so long (monotonic), nothing is written to the cluster until one has succeeded. */
export const fenceAfterMs = 40_000

export type JournalOptions = {
  readonly api: ReleaseApi
  readonly namespace: string
  readonly service: string
  /** Our own holder text. */
  readonly holder: string
  readonly now: () => number
}

/** Judges the lock and the journal that are found: why they may not be replaced. */
type MayReplace = (found: Lease) => Fault | undefined

/** Lock and journal of one Service's release: one Lease, so that one compare-and-swap covers both. */
export type Journal = {
  /** Takes the lock and writes the first entry. */
  take(release: Release, mayReplace: MayReplace): Promise<Reply<null>>
  /** What taking it would come to, asked of the server without writing: by the same look, the same objections and the same body. */
  rehearse(release: Release, mayReplace: MayReplace): Promise<Reply<null>>
  /** Writes the release and renews the lock. `closed`: it is not ours any more, stop driving. */
  write(release: Release): Promise<Reply<null>>
  /**
   * Leaves the Lease as it was found when it was taken: nothing has come of it. Held by nobody; `stays`: by us, who go on
   * with what stood there.
   */
  giveBack(stays: boolean): Promise<void>
  /** Empties a journal that nobody can read, in exactly this version. The lock is free afterwards. */
  clear(found: Lease): Promise<Reply<null>>
  /** What somebody else has asked for since, through the Lease. Given once. */
  takeAsk(): Ask | undefined
}

export function createJournal(options: JournalOptions): Journal {
  const { api, namespace, holder, now } = options
  const name = leaseName(options.service)
  /** The Lease as we know it. Without the uid a server would make a deleted one anew, whatever the version. */
  let known: Place['known']
  let transitions = 0
  let before: string | undefined
  let claims = false
  let ask: Ask | undefined

  function body(over: boolean, text?: string, place: Place = { known, transitions, before }): Json {
    const whose = { name, namespace, service: options.service, holder: over ? '' : holder }
    return leaseBody(place, { ...whose, text, claims, at: now() })
  }

  async function put(release: Release): Promise<Reply<Lease>> {
    const text = encodeRelease(release)
    if (!text.ok) return text
    const lease = body(isOver(release), text.value)
    const written = await (known === undefined
      ? api.createLease(namespace, lease)
      : api.replaceLease(namespace, name, lease))
    if (written.ok) known = written.value.meta
    return written
  }

  async function rehearse(release: Release, mayReplace: MayReplace): Promise<Reply<null>> {
    const place = await findPlace(options, release, mayReplace)
    if (!place.ok) return place
    const text = encodeRelease(release)
    if (!text.ok) return text
    const trial = body(false, text.value, place.value)
    const isNew = place.value.known === undefined
    const tried = await api.tryLease({ namespace, ...(!isNew && { name }) }, trial)
    return tried.ok ? ok(null) : tried
  }

  async function take(release: Release, mayReplace: MayReplace): Promise<Reply<null>> {
    const place = await findPlace(options, release, mayReplace)
    if (!place.ok) return place
    ;({ known, transitions, before } = place.value)
    claims = true
    const written = await put(release)
    claims = false
    if (written.ok || (await isTaken(release))) return ok(null)
    if (written.fault.code === 'conflict') {
      return failed('conflict', { kind: 'started-elsewhere' })
    }
    return written
  }

  /** The answer may have been lost after the write was done: then the lock is ours, with this very release in it. */
  async function isTaken(release: Release): Promise<boolean> {
    const found = await api.getLease(namespace, name)
    if (!found.ok || !holds(found.value, holder, release)) return false
    known = found.value.meta
    return true
  }

  async function write(release: Release): Promise<Reply<null>> {
    const written = await put(release)
    if (written.ok) return ok(null)
    const { code } = written.fault
    if (code !== 'conflict' && code !== 'not-found') return written
    // Our last answer may have been lost (then the version moved by our own hand), or the lock was taken.
    const found = await api.getLease(namespace, name)
    if (!found.ok) {
      return found.fault.code === 'not-found' ? failed('closed', { kind: 'lock-deleted' }) : found
    }
    if (found.value.holder !== holder && !isOurEnd(found.value, release, transitions)) {
      const { holder: other } = found.value
      return failed('closed', { kind: 'lock-lost', ...(other !== '' && { holder: other }) })
    }
    known = found.value.meta
    ask = readAsk(found.value) ?? ask
    const again = await put(release)
    return again.ok ? ok(null) : again
  }

  async function giveBack(stays: boolean): Promise<void> {
    if (known !== undefined) await api.replaceLease(namespace, name, body(!stays, before))
  }

  function takeAsk(): Ask | undefined {
    const taken = ask
    ask = undefined
    return taken
  }

  async function clear(found: Lease): Promise<Reply<null>> {
    known = found.meta
    transitions = found.transitions
    const written = await api.replaceLease(namespace, name, body(true))
    return written.ok ? ok(null) : written
  }

  return { take, rehearse, write, giveBack, clear, takeAsk }
}

/** Where the first entry goes, or why it may not: asked by the taking and by its rehearsal alike. */
async function findPlace(
  { api, namespace, service, holder }: JournalOptions,
  release: Release,
  mayReplace: MayReplace,
): Promise<Reply<Place>> {
  const found = await api.getLease(namespace, leaseName(service))
  if (!found.ok && found.fault.code !== 'not-found') return found
  const objection = found.ok ? mayReplace(found.value) : undefined
  // What goes on with its release has fitted once already: only its growth is limited then.
  const fault = objection ?? (release.log.length <= 1 ? tooLarge(release) : undefined)
  if (fault !== undefined) return { ok: false, fault }
  if (!found.ok) return ok({ transitions: 0, before: undefined })
  const { meta, transitions, holder: other } = found.value
  return ok({
    known: meta,
    transitions: transitions + (other === holder ? 0 : 1),
    before: meta.annotations[journalAnnotation],
  })
}

function holds(found: Lease, holder: string, release: Release): boolean {
  const written = readJournal(found)
  return found.holder === holder && written.ok && written.value?.id === release.id
}

/** An end of ours that was not answered has given the lock back, and nobody has taken it since. */
function isOurEnd(found: Lease, release: Release, transitions: number): boolean {
  if (found.holder !== '' || found.transitions !== transitions) return false
  const past = readJournal(found)
  return past.ok && past.value?.id === release.id && isOver(past.value)
}

export function readJournal(lease: Lease): Reply<Release | undefined> {
  const text = lease.meta.annotations[journalAnnotation]
  return text === undefined ? ok(undefined) : decodeRelease(text)
}

export function isClaim(lease: Lease): boolean {
  return lease.meta.annotations[claimAnnotation] !== undefined
}

export function leaseName(service: string): string {
  return ownName('tranche', service)
}
