import type { CommandInput } from '../../shared/contract.ts'
import { kubeconfigBytes } from '../../shared/limits.ts'
import type { DroppedFile } from '../stores/ui.ts'

export type KubeconfigSource = CommandInput<'kubeconfig/add'>

export function readDropped(files: Iterable<File>): Promise<readonly DroppedFile[]> {
  return Promise.all([...files].map(readOne))
}

async function readOne(file: File): Promise<DroppedFile> {
  if (file.size > kubeconfigBytes) return { kind: 'unread', name: file.name, why: 'too-large' }
  try {
    return { kind: 'read', source: { kind: 'text', name: stem(file.name), text: await textOf(file) } }
  } catch {
    // A folder, or gone, or not for us: the browser does not tell which.
    return { kind: 'unread', name: file.name, why: 'not-readable' }
  }
}

/** By the mark at the start: PowerShell writes UTF-16. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mark = `${bytes[0]} ${bytes[1]}`
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** `prod.yaml` -> `prod`. */
function stem(name: string): string {
  return name.replace(/\.(ya?ml|json|conf|config|kubeconfig)$/i, '').slice(0, 100)
}
