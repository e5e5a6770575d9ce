import { users } from './api/users.ts'

/** kubectl sends no token over plain http: the address says who asks. */
function addressOf(server: string, userName: string): string {
  return userName === users[0]?.name || !server.startsWith('http:') ? server : `${server}/users/${userName}`
}

/** A kubeconfig for a training cluster on a loopback port. The tokens are no secret: they work on this machine only. The official JavaScript client speaks http only to those whose certificate it need not check. */
export function trainingKubeconfig(server: string, userName = 'training'): string {
  const token = users.find((user) => user.name === userName)?.token ?? ''
  return `apiVersion: v1
kind: Config
current-context: training
clusters:
- name: training
  cluster:
    server: ${addressOf(server, userName)}
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
