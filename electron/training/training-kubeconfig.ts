import { users } from './users.ts'

/** A kubeconfig for a training cluster on a loopback port. The tokens are no secret: they work on this machine only. */
export function trainingKubeconfig(server: string, userName = 'training'): string {
  const token = users.find((user) => user.name === userName)?.token ?? ''
  return `apiVersion: v1
kind: Config
current-context: training
clusters:
- name: training
  cluster:
    server: ${server}
    insecure-skip-tls-verify: true
contexts:
- name: training
  context:
    cluster: training
    user: ${userName}
    namespace: demo
users:
- name: ${userName}
  user:
    token: ${token}
`
}
