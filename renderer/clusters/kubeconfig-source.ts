import type { CommandInput } from '../../shared/contract.ts'

export type KubeconfigSource = CommandInput<'kubeconfig/add'>

const longest = 4 * 1024 * 1024

/** Files that were dropped, as text. What is far too large for a kubeconfig is left out. */
export async function sourcesOf(files: Iterable<File>): Promise<readonly KubeconfigSource[]> {
  const small = [...files].filter((file) => file.size <= longest)
  return Promise.all(
    small.map(async (file) => ({ kind: 'text' as const, name: stem(file.name), text: await textOf(file) })),
  )
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
