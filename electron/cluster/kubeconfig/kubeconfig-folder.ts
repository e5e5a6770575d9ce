import { join } from 'node:path'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { readKubeconfigText, type KubeconfigText } from './kubeconfig-file.ts'
import type { Unread } from '../dial/read-regular-file.ts'

/** What editors, kubectl and its relatives leave beside kubeconfigs. */
const ignored =
  /(^\.|~$|\.(swp|swx|lock|bak|tmp|orig|log|md|txt|pem|crt|key|json\.lock)$|^(cache|kuberc|kubectx|kubens)$)/i
const mostFiles = 2_000

export type KubeconfigPlace =
  | { readonly kind: 'file'; readonly path: string }
  /** What can't be looked into: nobody knows what lies there. */
  | { readonly kind: 'unread'; readonly path: string; readonly why: Unread }

/** The kubeconfigs of a folder, not of its subfolders, in the order of their names; a file stands for itself. */
export async function kubeconfigsIn(path: string, files: ForeignFiles): Promise<readonly KubeconfigPlace[]> {
  const found = await files.look(path)
  // A file that can't be read is told by whoever reads it.
  if (found.kind !== 'folder') return [{ kind: 'file', path }]
  const listed = await files.names(path)
  if ('why' in listed) return [{ kind: 'unread', path, why: listed.why }]
  const candidates = [...listed.names]
    .filter((name) => !ignored.test(name))
    .sort()
    .slice(0, mostFiles)
    .map((name) => join(path, name))
  const looked = await Promise.all(
    candidates.map(async (file) => isWorthReading(await readKubeconfigText(file, files))),
  )
  return candidates.filter((_, at) => looked[at]).map((file) => ({ kind: 'file', path: file }))
}

/** Other files may lie there too: only those that speak of contexts are worth a complaint when they are broken. */
function isWorthReading(text: KubeconfigText): boolean {
  switch (text.kind) {
    case 'text':
      return speaksOfContexts.test(text.text)
    case 'no-text':
      // UTF-16 without its mark: as if nothing were between the letters.
      return speaksOfContexts.test(text.bytes.toString('latin1').replaceAll('\0', ''))
    case 'unread':
      // Nobody can say what it is, and it may be what somebody looks for.
      return text.why.kind === 'denied' || text.why.kind === 'late' || text.why.kind === 'failed'
  }
}

const speaksOfContexts = /(^|[{,\s])["']?contexts["']?\s*:/m
