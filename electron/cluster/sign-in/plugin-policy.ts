import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { isAbsolute, join } from 'node:path'
import type { Document } from 'yaml'
import { z } from 'zod'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { parseYaml } from '../dial/parse-yaml.ts'
import { findOnPath } from './exec-command.ts'

/** kubectl's own rule for credential plugins, from its preferences (`kuberc`, since Kubernetes 1.35). */
export type PluginPolicy =
  | { readonly kind: 'allow-all' }
  | { readonly kind: 'deny-all'; readonly file: string }
  | { readonly kind: 'allowlist'; readonly file: string; readonly names: readonly string[] }
  /** The file is there and can't be understood: nothing is allowed, as a typing error must not open the door. */
  | { readonly kind: 'unreadable'; readonly file: string; readonly why: FaultSentence }

const mostBytes = 1024 * 1024

type Environment = Readonly<Record<string, string | undefined>>

const schema = z.looseObject({
  credentialPluginPolicy: z.enum(['', 'AllowAll', 'DenyAll', 'Allowlist']).nullish(),
  credentialPluginAllowlist: z
    .array(z.looseObject({ name: z.string().optional(), command: z.string().optional() }))
    .nullish(),
})

/** Reads `$KUBERC` or `~/.kube/kuberc`. `KUBERC=off` and `KUBECTL_KUBERC=false` switch it off, as in kubectl. */
export async function readPluginPolicy(
  env: Environment,
  homedir: string,
  files: ForeignFiles,
): Promise<PluginPolicy> {
  if (env['KUBERC'] === 'off' || env['KUBECTL_KUBERC'] === 'false') return { kind: 'allow-all' }
  const named = env['KUBERC'] ?? ''
  const file = named === '' ? join(homedir, '.kube', 'kuberc') : named
  const read = await files.read(file, mostBytes)
  if (!read.ok) {
    const { kind, code } = read.why
    if (kind === 'missing') return { kind: 'allow-all' }
    return { kind: 'unreadable', file, why: { kind: 'policy-unread', code: code === '' ? kind : code } }
  }
  const yaml = parseYaml(read.bytes.toString('utf8'))
  if (yaml.kind !== 'document') return { kind: 'unreadable', file, why: { kind: `text-${yaml.kind}` } }
  const { document } = yaml
  const wrong = document.errors[0]
  if (wrong !== undefined) return { kind: 'unreadable', file, why: inWords(wrong.message.split('\n')[0]) }
  const parsed = schema.safeParse(valueOf(document))
  if (!parsed.success) return { kind: 'unreadable', file, why: inWords(parsed.error.issues[0]?.message) }
  const { credentialPluginPolicy: policy, credentialPluginAllowlist: list } = parsed.data
  switch (policy) {
    case 'DenyAll':
      return { kind: 'deny-all', file }
    case 'Allowlist':
      return {
        kind: 'allowlist',
        file,
        names: (list ?? []).map((one) => one.name ?? one.command ?? '').filter((name) => name !== ''),
      }
    case '':
    case 'AllowAll':
    case null:
    case undefined:
      return { kind: 'allow-all' }
  }
}

function inWords(words = ''): FaultSentence {
  return { kind: 'words', words }
}

/** Aliases that stand for nothing or for too much are found only here: what they make is no policy. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS() ?? {}
  } catch {
    return undefined
  }
}

/** Why the policy forbids this program (its full path), or nothing. A bare name in the list is looked up on PATH. */
export function pluginRefusal(
  command: string,
  policy: PluginPolicy,
  env: Environment,
): FaultSentence | undefined {
  switch (policy.kind) {
    case 'allow-all':
      return undefined
    case 'deny-all':
      return { kind: 'policy-denies-all', command, file: policy.file }
    case 'allowlist': {
      const allowed = policy.names.some(
        (name) => (isAbsolute(name) ? name : findOnPath(name, env)) === command,
      )
      return allowed ? undefined : { kind: 'policy-not-listed', command, file: policy.file }
    }
    case 'unreadable':
      return { kind: 'policy-unreadable', command, file: policy.file, says: policy.why }
  }
}
