import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../../../../electron/app/app.ts'
import { trainingKubeconfig } from '../../../../../electron/training/training-kubeconfig.ts'
import { doctorText } from '../../../../../shared/words/doctor-text.ts'
import { openBench, openDesk, type Bench, type Desk } from '../../../../support/app-on-training.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import { createHome, type Home } from '../../../../support/kubeconfig-home.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const secrets = {
  token: 'sha256~Zm9vYmFyYmF6cXV4',
  password: 'correct-horse-battery',
  proxyPassword: 'pr0xy-pa55',
  clientSecret: '3f0a-client-secret-9b',
  refresh: 'refresh-4711-token',
  env: 'LTAI5tExampleExample',
  halfProxy: 'half/a-pr0xy@pass',
  asAlias: 'begins-with-a-star',
  inHeader: 'after-a-pipe',
}

let bench: Bench
let home: Home
let app: App
let desk: Desk
let key: string
beforeEach(async () => {
  bench = await openBench()
  home = createHome()
  const leaf = createAuthority('a CA').issue({ name: 'li' })
  key = leaf.key
  const data = (pem: string): string => Buffer.from(pem).toString('base64')
  const more = `
- name: with-proxy
  cluster: {server: "https://one.example:6443", proxy-url: "http://li:${secrets.proxyPassword}@proxy.example:3128"}
- name: half-proxy
  cluster: {server: "https://two.example", proxy-url: "li:${secrets.halfProxy}@two-proxy.example:3128"}
`
  const users = `
- {name: tokened, user: {token: "${secrets.token}"}}
- {name: basic, user: {username: li, password: "${secrets.password}"}}
- name: certified
  user: {client-certificate-data: ${data(leaf.certificate)}, client-key-data: ${data(leaf.key)}}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: no-such-login
      args: [get-token, --client-secret, "${secrets.clientSecret}"]
      env: [{name: KEY, value: "${secrets.env}"}]
      interactiveMode: Never
- {name: gone-token, user: {tokenFile: /nowhere/token}}
- name: gone-plugin
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /nowhere/login, interactiveMode: Never}}
- name: oidc
  user:
    auth-provider:
      name: oidc
      config: {idp-issuer-url: "https://issuer.example", client-id: t, client-secret: "${secrets.clientSecret}", refresh-token: "${secrets.refresh}"}
`
  const contexts = ['tokened', 'basic', 'certified', 'plugin', 'oidc'].map(
    (user) => `- {name: as-${user}, context: {cluster: with-proxy, user: ${user}}}\n`,
  )
  const others = `
- {name: half, context: {cluster: half-proxy, user: tokened}}
- {name: lost, context: {cluster: no-such-cluster, user: tokened}}
`
  const text = trainingKubeconfig(bench.server)
    .replace('clusters:', `clusters:${more.trimEnd()}`)
    .replace('contexts:\n', `contexts:\n${contexts.join('')}${others}`)
    .replace('users:', `users:${users.trimEnd()}`)
  const kubeconfig = join(home.path, 'kubeconfig')
  writeFileSync(kubeconfig, text)
  const broken = home.write('broken', 'clusters: [')
  const alias = home.write('alias', `users: [{name: u, user: {password: *${secrets.asAlias}}}]`)
  const header = home.write('header', `users:\n- name: u\n  user:\n    password: |${secrets.inHeader}\n`)
  const opened = await openDesk({
    kubeconfig: [kubeconfig, broken, alias, header, join(home.path, 'gone')].join(':'),
    home: join(home.path, 'data'),
    person: 'li@laptop',
    number: 1,
  })
  app = opened.app
  desk = opened.desk
})
afterEach(async () => {
  await app.close()
  await bench.close()
  home.remove()
})

async function report() {
  const found = await desk.client.call('doctor/report', {})
  if (!found.ok) throw new Error(wordsOf(found.fault))
  return found.value
}

test('no secret of any kind is in the report, nor in the text that is copied', async () => {
  const found = await report()
  for (const text of [JSON.stringify(found), doctorText(found, 'en'), doctorText(found, 'zh')]) {
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
    expect(text).not.toContain(key.split('\n')[1])
    expect(text).toContain('proxy.example:3128')
  }
})

test('every file, user and context is told with what is wrong with it', async () => {
  const found = await report()
  expect(found.files.map((one) => [one.path.replace(home.path, ''), one.state])).toEqual([
    ['/kubeconfig', 'read'],
    ['/broken', 'unreadable'],
    ['/alias', 'unreadable'],
    ['/header', 'unreadable'],
    ['/gone', 'missing'],
  ])
  const users = found.files.flatMap((one) => one.users)
  expect(users.find((one) => one.name === 'plugin')?.plugin).toEqual({
    command: 'no-such-login',
    args: ['get-token', '--client-secret', '***'],
  })
  expect(users.find((one) => one.name === 'certified')?.certificate).toHaveProperty('endsAt')
  expect(found.contexts.find((one) => one.name === 'as-tokened')).toMatchObject({
    server: 'https://one.example:6443',
    proxy: 'http://***@proxy.example:3128',
    state: 'idle',
  })
  const text = doctorText(found, 'en')
  for (const line of [
    'user gone-plugin: runs /nowhere/login, which is not there or may not be run',
    'user gone-token: The file /nowhere/token, which the kubeconfig names, is not there.',
    'Context "lost": its cluster "no-such-cluster" is not defined',
    'through ***@two-proxy.example:3128',
    'an alias (*) stands for nothing',
    'Block scalar header includes extra characters (line 4)',
  ])
    expect(text).toContain(line)
  expect(text).toContain('runs no-such-login get-token --client-secret ***, which is nowhere on the PATH')
  expect(text).toContain('training (current context, ')
})

test('of a connection it is told what was sent, when it was slowed down, and how old each watch is', async () => {
  await desk.picture('demo-http', (view) => view.freshness.kind === 'live')
  const [before] = (await report()).connections
  expect(before).toMatchObject({ name: 'training' })
  expect(before?.requests).toBeGreaterThan(7)
  expect(before).not.toHaveProperty('throttledAt')
  expect(before?.watches.map((one) => [one.kind, one.namespace, one.freshness.kind])).toContainEqual([
    'Pod',
    'demo',
    'live',
  ])
  expect(before?.watches.every((one) => one.openMs !== undefined && one.quietMs !== undefined)).toBe(true)
})
