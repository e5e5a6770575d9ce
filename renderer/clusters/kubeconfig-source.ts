import type { CommandInput } from '../../shared/contract.ts'

export type KubeconfigSource = CommandInput<'kubeconfig/add'>

const longest = 4 * 1024 * 1024

/** Files that were dropped, as text. What is far too large for a kubeconfig is left out. */
export async function sourcesOf(files: Iterable<File>): Promise<readonly KubeconfigSource[]> {
  const small = [...files].filter((file) => file.size <= longest)
  return Promise.all(
    small.map(async (file) => ({ kind: 'text' as const, name: stem(file.name), text: await file.text() })),
  )
}

/** `prod.yaml` -> `prod`. */
function stem(name: string): string {
  return name.replace(/\.(ya?ml|json|conf|config|kubeconfig)$/i, '').slice(0, 100)
}
