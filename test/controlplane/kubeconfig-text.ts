import { users } from '../../electron/training/api/users.ts'

/** A context for each user; the first one, who may do everything, is the current one. */
export function kubeconfigText({ server, ca }: { readonly server: string; readonly ca: string }): string {
  const authority = Buffer.from(ca).toString('base64')
  const names = users.map(({ name }) => name)
  return `apiVersion: v1
kind: Config
current-context: ${names[0] ?? ''}
clusters:
- name: controlplane
  cluster:
    server: ${server}
    certificate-authority-data: ${authority}
contexts:
${names.map((name) => `- name: ${name}\n  context: { cluster: controlplane, user: ${name}, namespace: demo }`).join('\n')}
users:
${users.map(({ name, token }) => `- name: ${name}\n  user: { token: ${token} }`).join('\n')}
`
}
