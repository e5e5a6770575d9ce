import { isScalar, visit, type Document, type YAMLError } from 'yaml'
import type { z } from 'zod'
import { assertNever } from '../../../shared/assert-never.ts'
import { eachOnce, type FaultSentence } from '../../../shared/fault-sentence.ts'
import type { KubeconfigSentence } from '../../../shared/fault-sentences/kubeconfig-sentence.ts'
import { failed, ok, sentenceOf, type Reply } from '../../../shared/fault.ts'
import { kubeconfigBytes } from '../../../shared/limits.ts'
import type { Defined } from './kubeconfig-entries.ts'
import {
  clusterSchema,
  contextSchema,
  entrySchema,
  fileSchema,
  userSchema,
  type ClusterEntry,
  type ContextEntry,
  type UserEntry,
} from './kubeconfig-schema.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { notAKubeconfig } from './not-a-kubeconfig.ts'
import { parseYaml } from '../dial/parse-yaml.ts'
import type { Unread } from '../dial/read-regular-file.ts'

/** One file, entry by entry: what is wrong with some of them hides no other. */
export type KubeconfigFile = {
  readonly path: string
  readonly current: string
  readonly clusters: ReadonlyMap<string, Defined<ClusterEntry>>
  readonly users: ReadonlyMap<string, Defined<UserEntry>>
  readonly contexts: ReadonlyMap<string, Defined<ContextEntry>>
  readonly problems: readonly KubeconfigSentence[]
  /** What Tranche makes something of, and kubectl refuses whole, with every other file of its list. */
  readonly refusedByKubectl: boolean
}

export type KubeconfigReading =
  | { readonly kind: 'read'; readonly file: KubeconfigFile }
  /** It is not there, which is no fault of anybody. */
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'unread'
      readonly says: FaultSentence
      readonly refusedByKubectl: boolean
    }

/** Generated files may use one user for hundreds of entries; what unfolds to more than that is an attack. */
const mostAliases = 10_000

export async function readKubeconfigFile(
  path: string,
  folder: string | undefined,
  files: ForeignFiles,
): Promise<KubeconfigReading> {
  const text = await readKubeconfigText(path, files)
  switch (text.kind) {
    case 'unread':
      return text.why.kind === 'missing' ? { kind: 'missing' } : unreadKubeconfig(text.why)
    case 'no-text':
      return {
        kind: 'unread',
        says: { kind: 'file-no-text' },
        refusedByKubectl: true,
      }
    case 'text': {
      const file = parseKubeconfig(text.text, { path, folder })
      if (file.ok) return { kind: 'read', file: file.value }
      // What is empty says nothing, to kubectl either.
      const refusedByKubectl = text.text.trim() !== ''
      return { kind: 'unread', says: sentenceOf(file.fault), refusedByKubectl }
    }
    default:
      return assertNever(text)
  }
}

export type KubeconfigText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'no-text'; readonly bytes: Buffer }
  | { readonly kind: 'unread'; readonly why: Unread }

export async function readKubeconfigText(path: string, files: ForeignFiles): Promise<KubeconfigText> {
  const read = await files.read(path, kubeconfigBytes)
  if (!read.ok) return { kind: 'unread', why: read.why }
  const { bytes } = read
  const encoding = encodingOf(bytes)
  return encoding === undefined
    ? { kind: 'no-text', bytes }
    : { kind: 'text', text: new TextDecoder(encoding).decode(bytes) }
}

export function unreadKubeconfig({ kind, code }: Unread): KubeconfigReading {
  const told = (says: KubeconfigSentence, refusedByKubectl: boolean): KubeconfigReading => ({
    kind: 'unread',
    says,
    refusedByKubectl,
  })
  switch (kind) {
    case 'missing':
      return { kind: 'missing' }
    case 'denied':
      return told({ kind: 'file-denied' }, true)
    case 'folder':
      return told({ kind: 'file-is-folder' }, true)
    case 'not-a-file':
      // kubectl would wait for it, as for `<(…)` of a shell.
      return told({ kind: 'file-is-no-file' }, false)
    case 'too-large':
      return told({ kind: 'file-too-large' }, false)
    case 'late':
      return told({ kind: 'file-late' }, false)
    case 'failed':
      return told({ kind: 'file-failed', code }, true)
    default:
      return assertNever(kind)
  }
}

/** By the mark at the start. PowerShell writes UTF-16, and kubectl reads it. */
function encodingOf(bytes: Buffer): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return bytes.includes(0) ? undefined : 'utf-8'
}

/** What YAML forbids and kubectl reads all the same, each with what it makes of it. */
const tolerated = { DUPLICATE_KEY: 'file-duplicate-key', MULTIPLE_DOCS: 'file-several-documents' } as const

function toleratedAs(code: string): (typeof tolerated)[keyof typeof tolerated] | undefined {
  return code === 'DUPLICATE_KEY' || code === 'MULTIPLE_DOCS' ? tolerated[code] : undefined
}

export function parseKubeconfig(
  source: string,
  origin: { readonly path: string; readonly folder: string | undefined },
): Reply<KubeconfigFile> {
  const text = source.replace(/^\uFEFF/, '')
  if (text.trim() === '') return failed('kubeconfig', { kind: 'file-empty' })
  const yaml = parseYaml(text, { merge: true })
  if (yaml.kind !== 'document') return failed('kubeconfig', { kind: `file-${yaml.kind}` })
  const { document } = yaml
  const wrong = document.errors.find(({ code }) => toleratedAs(code) === undefined)
  if (wrong !== undefined) return failed('kubeconfig', whatIsWrong(wrong))
  asWritten(document)
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: mostAliases })
  } catch {
    // Not in its own words: what looks like an alias is often the first half of a password.
    return failed('kubeconfig', { kind: 'file-alias' })
  }
  const parsed = fileSchema.safeParse(content)
  if (!parsed.success)
    return failed('kubeconfig', { kind: 'file-no-kubeconfig', issue: firstIssue(parsed.error) })
  const another = notAKubeconfig(parsed.data)
  if (another !== undefined) return failed('kubeconfig', another)
  const problems: KubeconfigSentence[] = document.errors.flatMap((error) => {
    const kind = toleratedAs(error.code)
    return kind === undefined ? [] : [{ kind, ...lineOf(error) }]
  })
  const refused: KubeconfigSentence[] = []
  const read = <S extends z.ZodType>(
    list: z.output<typeof fileSchema>['clusters'],
    as: { readonly key: 'cluster' | 'user' | 'context'; readonly schema: S },
  ): ReadonlyMap<string, Defined<z.output<S>>> => {
    const found = new Map<string, Defined<z.output<S>>>()
    for (const raw of list ?? []) {
      const named = entrySchema.safeParse(raw)
      if (!named.success) {
        refused.push({ kind: 'entry-issue', which: as.key, issue: firstIssue(named.error) })
        continue
      }
      const { name } = named.data
      const entry = as.schema.safeParse(named.data[as.key] ?? {})
      if (!entry.success)
        refused.push({ kind: 'entry-unusable', which: as.key, name, issue: firstIssue(entry.error) })
      else if (name === '') problems.push({ kind: 'entry-nameless', which: as.key })
      else if (found.has(name)) refused.push({ kind: 'entry-twice', which: as.key, name })
      else found.set(name, { entry: entry.data, file: origin.path, folder: origin.folder })
    }
    return found
  }
  const lists = {
    clusters: read(parsed.data.clusters, { key: 'cluster', schema: clusterSchema }),
    users: read(parsed.data.users, { key: 'user', schema: userSchema }),
    contexts: read(parsed.data.contexts, { key: 'context', schema: contextSchema }),
  }
  return ok({
    path: origin.path,
    current: parsed.data['current-context'],
    ...lists,
    // Of several entries without a name the sentence is one and the same.
    problems: eachOnce([...problems, ...refused]),
    refusedByKubectl: refused.length > 0,
  })
}

/**
 * Names, tokens and passwords that look like numbers stay as they stand there: `0x10`, `1e3` and `007` are not 16, 1000
 * and 7. Extensions are somebody else's data, and numbers in them are numbers.
 */
function asWritten(document: Document): void {
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && key.value === 'extension' ? visit.SKIP : undefined),
    Scalar(_, node) {
      if (typeof node.value === 'number' && node.source !== undefined) node.value = node.source
    },
  })
}

/** Without the text that it stands at, which may be a secret: this is shown, logged and copied. */
function whatIsWrong(error: YAMLError): KubeconfigSentence {
  const what = (error.message.split('\n')[0] ?? '')
    .replace(/ at line \d+, column \d+:?$/, '')
    .replace(/(extra characters|YAML stream|Unresolved tag): .*$/, '$1')
    .replace(/(escape sequence) .*$/, '$1')
  return { kind: 'file-no-yaml', what, ...lineOf(error) }
}

function lineOf({ linePos }: YAMLError): { readonly line?: number } {
  return linePos === undefined ? {} : { line: linePos[0].line }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  // Not as `token: …`, which would be taken for a secret where secrets are taken out.
  if (issue === undefined) return ''
  return issue.path.length === 0 ? issue.message : `${issue.message} (${issue.path.join('.')})`
}
