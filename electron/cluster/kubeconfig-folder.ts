import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { kubeconfigBytes } from '../../shared/limits.ts'
import { readRegularFile } from './read-regular-file.ts'

/** What editors, kubectl and its relatives leave beside kubeconfigs. */
const ignored =
  /(^\.|~$|\.(swp|swx|lock|bak|tmp|orig|log|md|txt|pem|crt|key|json\.lock)$|^(cache|kuberc|kubectx|kubens)$)/i
const mostFiles = 2_000

/** The kubeconfigs of a folder, not of its subfolders, in the order of their names; a file stands for itself. */
export function kubeconfigsIn(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    return readdirSync(path)
      .filter((name) => !ignored.test(name))
      .sort()
      .slice(0, mostFiles)
      .map((name) => join(path, name))
      .filter(looksLikeKubeconfig)
  } catch {
    // Gone, or not for us: a file that can't be read is told by whoever reads it.
    return [path]
  }
}

/** Other files may lie there too: only those that speak of contexts are worth a complaint when they are broken. */
function looksLikeKubeconfig(path: string): boolean {
  const read = readRegularFile(path, kubeconfigBytes)
  return read.ok && speaksOfContexts.test(read.bytes.toString('utf8'))
}

const speaksOfContexts = /^\s*["']?contexts["']?\s*:|["']contexts["']\s*:/m
