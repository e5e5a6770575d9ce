import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { CommandInput } from '../../../shared/contract.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { KubeconfigReport } from '../../../shared/model/kubeconfig-report.ts'
import type { ConnectionSpec } from '../../cluster/dial/connection-spec.ts'
import type { ForeignFiles } from '../../cluster/dial/foreign-files.ts'
import { codeOf, makeFolder } from '../../cluster/dial/make-folder.ts'
import { contextsOf, type LoadedKubeconfigs } from '../../cluster/kubeconfig/kubeconfig.ts'
import {
  parseKubeconfig,
  readKubeconfigFile,
  unreadKubeconfig,
  type KubeconfigFile,
} from '../../cluster/kubeconfig/kubeconfig-file.ts'
import { argumentsToAgreeTo } from '../../cluster/dial/redact.ts'
import { kubeconfigsIn } from '../../cluster/kubeconfig/kubeconfig-folder.ts'
import type { SettingsFile } from '../storage/settings-file.ts'

/** Kubeconfigs that were added by hand. Files of others are only named, never written; pasted text is kept here. */
export type AddedKubeconfigs = {
  readonly pasted: string
  added(): readonly string[]
  /** What it would bring and what that would run. Trusts nothing, keeps nothing. */
  inspect(what: CommandInput<'kubeconfig/inspect'>): Promise<Reply<KubeconfigReport>>
  add(what: CommandInput<'kubeconfig/add'>): Promise<Reply<null>>
  remove(path: string): Reply<null>
}

export function createAddedKubeconfigs(parts: {
  readonly dataFolder: string
  readonly settings: SettingsFile
  readonly homedir: string
  readonly files: ForeignFiles
}): AddedKubeconfigs {
  const { dataFolder, settings, homedir, files } = parts
  const pasted = join(dataFolder, 'kubeconfigs')

  function remember(path: string): Reply<null> {
    settings.change((old) => ({ ...old, kubeconfigs: [...new Set([...old.kubeconfigs, path])] }))
    return ok(null)
  }

  /** Typed by a person, as in a shell; one path has one spelling. */
  function fromHome(what: CommandInput<'kubeconfig/add'>): CommandInput<'kubeconfig/add'> {
    if (what.kind !== 'path') return what
    const path = /^~(?=$|[\\/])/.test(what.path) ? join(homedir, what.path.slice(1)) : what.path
    return { kind: 'path', path: isAbsolute(path) ? resolve(path) : path }
  }

  return {
    pasted,
    added: () => settings.read().kubeconfigs,
    inspect: (what) => inspect(fromHome(what), files),
    async add(given) {
      const what = fromHome(given)
      const report = await inspect(what, files)
      if (!report.ok) return report
      // A folder may be filled later.
      if (what.kind === 'path') return remember(what.path)
      if (report.value.contexts.length === 0)
        return failed('kubeconfig', report.value.problems[0] ?? { kind: 'no-context-in-text' })
      const name = what.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'pasted'
      const digest = createHash('sha256').update(what.text).digest('hex').slice(0, 8)
      const path = join(pasted, `${name.slice(0, 60)}-${digest}.yaml`)
      try {
        // It may hold keys: for this person only, as kubectl keeps its own.
        makeFolder(pasted)
        writeFileSync(path, what.text, { mode: 0o600 })
      } catch (error) {
        return failed('kubeconfig', { kind: 'text-not-kept', folder: pasted, code: codeOf(error) })
      }
      return remember(path)
    },
    remove(path) {
      if (!settings.read().kubeconfigs.includes(path)) return failed('not-found', { kind: 'not-added-here' })
      settings.change((old) => ({ ...old, kubeconfigs: old.kubeconfigs.filter((one) => one !== path) }))
      try {
        if (dirname(path) === pasted) rmSync(path, { force: true })
      } catch (error) {
        return failed('kubeconfig', { kind: 'file-not-deleted', path, code: codeOf(error) })
      }
      return ok(null)
    },
  }
}

async function inspect(
  what: CommandInput<'kubeconfig/inspect'>,
  files: ForeignFiles,
): Promise<Reply<KubeconfigReport>> {
  if (what.kind === 'text') {
    const file = parseKubeconfig(what.text, { path: 'this text', folder: undefined })
    return file.ok ? ok(reportOn(file.value)) : file
  }
  if (!isAbsolute(what.path)) return failed('invalid-input', { kind: 'path-not-absolute' })
  const found = await files.look(what.path)
  if (found.kind === 'unread' && found.why.kind === 'missing')
    return failed('not-found', { kind: 'nothing-at-path', path: what.path })
  const reports = (await kubeconfigsIn(what.path, files)).map(async (one): Promise<KubeconfigReport> => {
    const reading =
      one.kind === 'unread'
        ? unreadKubeconfig(one.why)
        : await readKubeconfigFile(one.path, dirname(one.path), files)
    if (reading.kind === 'read') return reportOn(reading.file)
    const says = reading.kind === 'missing' ? ({ kind: 'file-missing' } as const) : reading.says
    return { contexts: [], problems: [{ kind: 'at-path', path: one.path, says }] }
  })
  const all = await Promise.all(reports)
  return ok({
    contexts: all.flatMap((one) => one.contexts),
    problems: all.flatMap((one) => one.problems),
  })
}

function reportOn(file: KubeconfigFile): KubeconfigReport {
  const dangling: LoadedKubeconfigs['problems'][number][] = []
  const contexts = contextsOf(file, [file], dangling).map(reportOf)
  return { contexts, problems: [...file.problems, ...dangling.map((one) => one.says)] }
}

function reportOf(spec: ConnectionSpec): KubeconfigReport['contexts'][number] {
  const { user } = spec
  const byCertificate = user.kind === 'none' && spec.clientCertificate !== undefined
  return {
    name: spec.name,
    file: spec.file,
    server: spec.server,
    signIn: byCertificate ? 'certificate' : user.kind,
    warnings: spec.warnings,
    ...(user.kind === 'exec' && {
      runs: {
        command: user.exec.command,
        args: argumentsToAgreeTo(user.exec.args),
        // Names only: values may be secrets.
        env: user.exec.env.map((one) => one.name),
      },
    }),
  }
}
