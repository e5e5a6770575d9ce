import { renameSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { z } from 'zod'
import { codeOf, makeFolder } from '../../cluster/dial/make-folder.ts'
import { readRegularFile } from '../../cluster/dial/read-regular-file.ts'
import { settingRows, type Gates } from '../../../shared/release/gates/gate-table.ts'
import type { StorageWhy, Unsaved } from '../../../shared/model/unsaved.ts'
import { createListeners } from '../async/listeners.ts'

/** Plans and places of hundreds of Services. */
const mostSettings = 16 * 1024 * 1024

/** Plans of before there was a gate have its usual value. */
const savedGates = z.object(
  Object.fromEntries(
    settingRows.map(([name, { kind, usual }]) => [
      name,
      kind === 'flag' ? z.boolean().default(usual) : z.number().default(usual),
    ]),
  ),
) as unknown as z.ZodType<Gates, Gates>

const savedPlan = z.object({
  steps: z.array(
    z.object({
      name: z.string(),
      leftOut: z.boolean(),
      gates: savedGates,
    }),
  ),
  onFailure: z.enum(['pause', 'roll-back-batch', 'roll-back-all', 'roll-back-batch-by-batch']),
  batchLimitSeconds: z.number(),
})

/** What survives a restart. Credentials never do: they stay where the kubeconfig has them. */
const schema = z.object({
  schema: z.literal(1),
  /** Names this installation in locks, so that a restart recognises its own. */
  install: z.string().min(8),
  /** Releases that this installation drives: they are the only reason to connect without a click. */
  driving: z
    .array(
      z.object({
        connection: z.string(),
        namespace: z.string(),
        service: z.string(),
        /** Uid of the cluster, where it may be known: a context may point at another one by the next start. */
        cluster: z.string().optional(),
      }),
    )
    .default([]),
  /** connection -> namespaces typed by hand, where they may not be listed. */
  namespaces: z.record(z.string(), z.array(z.string())).default({}),
  /** Kubeconfigs that were added by hand: files and folders. */
  kubeconfigs: z.array(z.string()).default([]),
  /** connection -> what the person says about it, and the uid of the cluster that was found there last. */
  clusters: z
    .record(
      z.string(),
      z.object({
        alias: z.string().optional(),
        colour: z.int().min(1).max(8).optional(),
        production: z.boolean().optional(),
        uid: z.string().optional(),
      }),
    )
    .default({}),
  /** Plans that were kept, by Service. */
  plans: z
    .array(
      z.object({
        connection: z.string(),
        namespace: z.string(),
        service: z.string(),
        name: z.string(),
        plan: savedPlan,
      }),
    )
    .default([]),
})
export type Settings = z.output<typeof schema>

export type SettingsFile = {
  /** Where it is: other records of this installation go beside it. */
  readonly folder: string
  read(): Settings
  change(update: (settings: Settings) => Settings): void
  onChange(listener: () => void): () => void
  /** Why they are in memory only, until they are written again. */
  unsaved(): Unsaved | undefined
}

/** So often what could not be written is tried again: a disk gets room, a folder comes back. */
const retryMs = 10_000

const whys: Readonly<Record<string, StorageWhy>> = {
  ENOSPC: 'no-room',
  EDQUOT: 'no-room',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
  EEXIST: 'in-the-way',
  ENOTDIR: 'in-the-way',
  EISDIR: 'in-the-way',
  ENOENT: 'missing',
}

/** What is told of a failure to write below this folder. */
export function unsavedFor(folder: string, error: unknown): Unsaved {
  const code = codeOf(error)
  return { folder, why: whys[code] ?? 'failed', code }
}

/**
 * Settings in one JSON file, replaced atomically. A file that can't be read is set aside, never guessed at. What could
 * not be written is the truth all the same until it is: else the next change would bring back what stands in the file,
 * and what is driven would be forgotten.
 */
export function openSettings(
  folder: string,
  options: {
    newId(): string
    log(line: string): void
    /** Calls back after so long; without it, what could not be written waits for the next change. */
    after?(ms: number, run: () => void): void
  },
): SettingsFile {
  const path = join(folder, 'settings.json')
  const { add, tell } = createListeners()
  const found = readSettings(path, options.log)
  let settings: Settings = found ?? schema.parse({ schema: 1, install: options.newId() })
  let unsaved: Unsaved | undefined
  let isTryingAgain = false
  if (found === undefined) save()

  function save(): void {
    try {
      makeFolder(folder)
      writeFileAtomic.sync(path, JSON.stringify(settings, null, 2), { mode: 0o600 })
      unsaved = undefined
    } catch (error) {
      // Once for each reason: it is tried again and again.
      const now = unsavedFor(folder, error)
      if (now.code !== unsaved?.code) {
        options.log(`settings could not be written: ${String(error)}`)
        unsaved = now
      }
      tryAgain()
    }
  }

  function tryAgain(): void {
    if (isTryingAgain || options.after === undefined) return
    isTryingAgain = true
    options.after(retryMs, () => {
      isTryingAgain = false
      // A change may have written them meanwhile.
      if (unsaved === undefined) return
      save()
      tell()
    })
  }

  return {
    folder,
    read: () => settings,
    change(update) {
      // Read again: a window and a terminal beside it write the same file, and neither may lose the other's releases.
      const written = unsaved === undefined ? readSettings(path, options.log) : undefined
      settings = update(written ?? settings)
      save()
      tell()
    },
    onChange: add,
    unsaved: () => unsaved,
  }
}

function readSettings(path: string, log: (line: string) => void): Settings | undefined {
  const read = readRegularFile(path, mostSettings)
  if (!read.ok) {
    if (read.why.kind === 'missing') return undefined
    log(`settings in ${path} could not be read (${read.why.kind}) and start anew`)
    setAside(path)
    return undefined
  }
  const text = read.bytes.toString('utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    log(`settings in ${path} were not readable and start anew`)
    keepBroken(path, text)
    return undefined
  }
}

/** What can't be read is kept beside it. On a disk without room that is no reason not to begin. */
function keepBroken(path: string, text: string): void {
  try {
    writeFileAtomic.sync(`${path}.broken`, text, { mode: 0o600 })
  } catch {
    setAside(path)
  }
}

/** Whatever it is: somebody may know what to make of it. Where it can't be moved, writing says so. */
function setAside(path: string): void {
  try {
    renameSync(path, `${path}.broken`)
  } catch {
    // Nothing is lost by that yet.
  }
}
