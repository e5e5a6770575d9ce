import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textAt } from '../../shared/k8s/read-json.ts'
import { createAuthority } from '../support/certificates.ts'
import { createHome } from '../support/kubeconfig-home.ts'
import { createPluginFolder } from '../support/plugin-folder.ts'
import { askKubectl, askTranche, loadTranche, whoAmI, type Side } from './beside-kubectl.ts'
import { textFor, type Given, type KubeconfigCase } from './kubeconfig-case.ts'
import { mergingCases } from './merging-cases.ts'
import { reachingCases } from './reaching-cases.ts'
import { signInCases } from './sign-in-cases.ts'
import { startControlPlane, type RunningControlPlane } from './start-control-plane.ts'
import { textCases } from './text-cases.ts'

const people = createAuthority('people')
const stranger = createAuthority('stranger')
let folder: string
let plane: RunningControlPlane
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-people-'))
  const ca = join(folder, 'people.crt')
  writeFileSync(ca, people.certificate)
  plane = await startControlPlane({ serverFlags: [`--client-ca-file=${ca}`] })
})
afterAll(async () => {
  await plane.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** In a home folder of its own, with everything closed at the end. */
async function arranged(act: (given: Given) => Promise<void>): Promise<void> {
  const home = createHome()
  const plugins = createPluginFolder()
  const kept: { close(): Promise<void> }[] = []
  const keep: Given['keep'] = (one) => {
    kept.push(one)
    return one
  }
  try {
    await act({ plane, port: Number(new URL(plane.server).port), people, stranger, home, plugins, keep })
  } finally {
    for (const one of kept) await one.close()
    home.remove()
    plugins.remove()
  }
}

function outcome({ contexts, who }: Side) {
  return { contexts, ends: who.kind === 'known' ? textAt(who.user, 'username') : who.why }
}

async function compare(one: KubeconfigCase, given: Given): Promise<void> {
  const { check, ...environment } = await one.arrange(given)
  const kubectl = await askKubectl({ ...environment, home: given.home.path })
  const tranche = await askTranche({ ...environment, home: given.home.path })
  const expected = { contexts: one.contexts ?? kubectl.contexts, ends: one.ends }
  const said = [kubectl, tranche].map(({ who }) => (who.kind === 'refused' ? who.said : '')).join('\n')
  expect({ kubectl: outcome(kubectl), tranche: outcome(tranche) }, said).toEqual({
    kubectl: { ...expected, ...one.kubectl },
    tranche: expected,
  })
  if (kubectl.who.kind === 'known') expect(tranche).toEqual({ ...kubectl, contexts: expected.contexts })
  await check?.()
}

describe.each<[string, readonly KubeconfigCase[]]>([
  ['signing in', signInCases],
  ['reaching the server', reachingCases],
  ['several files, and names', mergingCases],
  ['ways to write a file', textCases],
])('%s, beside kubectl', (_topic, cases) => {
  test.concurrent.each(cases.map((one) => [one.title, one] as const))('%s', (_title, one) =>
    arranged((given) => compare(one, given)),
  )
})

test('a context that the merge hides from kubectl is a connection as kubectl makes it of that file alone', () =>
  arranged(async (given) => {
    const first = given.home.write('a', textFor(given))
    const hidden = given.home.write('b', textFor(given, { user: { token: plane.tokens.partial } }))
    const environment = { home: given.home.path, kubeconfig: [first, hidden] }
    const alone = await askKubectl({ ...environment, kubeconfig: [hidden] })
    const spec = (await loadTranche(environment)).connections.find((one) => one.file === hidden)
    if (spec === undefined) throw new Error('it is not listed')
    expect(outcome(alone).ends).toBe('partial')
    expect(await whoAmI(spec, environment)).toEqual(alone.who)
  }))
