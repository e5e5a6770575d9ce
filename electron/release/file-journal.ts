import { z } from 'zod'
import { failed, faultOf, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { uid } from '../../shared/ids.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import type { Release } from '../../shared/release/release.ts'
import { isOver } from '../../shared/release/standing.ts'
import { parseHolder } from './holder.ts'
import { decodeRelease, encodeRelease, tooLarge } from './journal-codec.ts'
import type { Journal } from './journal.ts'
import { leaseSeconds } from './lease-body.ts'
import type { LocalFile } from './local-file.ts'

/** `holder`: who drives, empty when nobody does. `release`: as in the Lease. */
export const journalFileSchema = z.object({ schema: z.literal(1), holder: z.string(), release: z.string() })
export type JournalFile = z.output<typeof journalFileSchema>

/** What stands in a journal on this machine. */
export type FileEntry = {
  readonly holder: string
  readonly release?: Release
  /** Which file it is, and what moves with each renewal of it. */
  readonly seen?: { readonly path: string; readonly stamp: string }
  /** It is there and can't be read. */
  readonly fault?: Fault
}

export type FileJournal = Journal & {
  /** As last read or written by this process: cheap enough for every picture. */
  entry(): FileEntry | undefined
  /** Sets a journal aside that can't be read. */
  setAside(): Reply<null>
  /** Its release goes on, or has been kept, elsewhere. */
  remove(): void
}

export type FileJournalOptions = {
  readonly file: LocalFile<JournalFile>
  readonly holder: string
  /** Whether a holder that is found there is our own past. */
  readonly isPast: (holder: string) => boolean
}

/** A journal without the right to write Leases: no lock, and known to this machine alone. */
export function createFileJournal({ file, holder, isPast }: FileJournalOptions): FileJournal {
  /** What stood there when it was taken. */
  let before: JournalFile | undefined
  let known: { readonly entry: FileEntry | undefined } | undefined

  function look(): FileEntry | undefined {
    const read = readEntry(file)
    const stamp = file.stamp()
    const entry =
      read === undefined || stamp === undefined ? read : { ...read, seen: { path: file.path, stamp } }
    known = { entry }
    return entry
  }

  async function put(release: Release): Promise<Reply<null>> {
    const text = encodeRelease(release)
    if (!text.ok) return text
    const driver = isOver(release) ? '' : holder
    const written = await file.write({ schema: 1, holder: driver, release: text.value })
    if (written.ok) known = { entry: { holder: driver, release } }
    return written
  }

  /** Somebody else who drives it, and has renewed it within the duration of a lock. */
  function busyWith(
    found: FileEntry | undefined,
    mayReplace: (lock: Lease) => Fault | undefined,
  ): Fault | undefined {
    const busy = other(found)
    const lock = found === undefined ? undefined : asLock(found)
    if (busy === undefined || (lock !== undefined && mayReplace(lock) === undefined)) return undefined
    return faultOf('conflict', { kind: 'driven-here-by', person: busy })
  }

  /** Another run of Tranche on this machine that drives it. */
  function other(found: FileEntry | undefined): string | undefined {
    if (found === undefined || found.holder === '' || found.holder === holder) return undefined
    return isPast(found.holder) ? undefined : (parseHolder(found.holder)?.person ?? found.holder)
  }

  function setAside(): Reply<null> {
    known = undefined
    return file.setAside()
  }

  return {
    // What somebody else on this machine drives moves on without us.
    entry: () => (known === undefined || other(known.entry) !== undefined ? look() : known.entry),
    async take(release, mayReplace) {
      const past = file.read()
      before = past.ok ? past.value : undefined
      const found = look()
      if (found?.fault !== undefined) return { ok: false, fault: found.fault }
      const busy = busyWith(found, mayReplace)
      return busy === undefined ? put(release) : { ok: false, fault: busy }
    },
    rehearse(release, mayReplace) {
      const found = look()
      const fault = found?.fault ?? tooLarge(release) ?? busyWith(found, mayReplace)
      return Promise.resolve(fault === undefined ? ok(null) : { ok: false, fault })
    },
    async write(release) {
      const busy = other(look())
      return busy === undefined ? put(release) : failed('closed', { kind: 'taken-over-by', person: busy })
    },
    async giveBack(stays) {
      if (before === undefined) file.remove()
      else await file.write({ ...before, holder: stays ? holder : '' })
      known = undefined
    },
    clear: () => Promise.resolve(setAside()),
    takeAsk: () => undefined,
    setAside,
    remove() {
      file.remove()
      known = { entry: undefined }
    },
  }
}

/** A journal on this machine as a lock: whoever drives renews it, as a Lease. When that ends, it is in doubt no longer. */
export function asLock({ holder, seen }: FileEntry): Lease | undefined {
  if (seen === undefined) return undefined
  return {
    meta: {
      name: '',
      namespace: '',
      uid: uid(`file:${seen.path}`),
      resourceVersion: seen.stamp,
      generation: 0,
      labels: {},
      annotations: {},
      createdAt: 0,
    },
    holder,
    durationSeconds: leaseSeconds,
    renewTime: '',
    transitions: 0,
  }
}

function readEntry(file: LocalFile<JournalFile>): FileEntry | undefined {
  const found = file.read()
  if (!found.ok) return { holder: '', fault: found.fault }
  if (found.value === undefined) return undefined
  const { holder, release: text } = found.value
  const release = decodeRelease(text)
  return release.ok ? { holder, release: release.value } : { holder, fault: release.fault }
}
