import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../electron/training/objects/json.ts'
import { applyCase } from '../../../support/apply-case.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { linesOf, openTerminal, type Ran, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
let kubectl: KubeClient
beforeAll(async () => {
  terminal = await openTerminal()
  kubectl = createKubeClient({ server: terminal.server, token: 'training-token' })
  for (const name of ['wrong-container', 'two-registries', 'canary-by-name', 'no-tag'])
    await applyCase(kubectl, name, 'demo')
})
afterAll(async () => {
  await kubectl.close()
  await terminal.close()
})

const tranche = (line: string): Promise<Ran> => terminal.tranche(line.split(' '))
const json = (line: string): Promise<Ran> => tranche(`${line} --output json`)
const images = (ran: Ran) =>
  linesOf(ran, 'image').map(({ name, container, from, to }) => `${name} ${container} ${from} > ${to}`)
const checks = (ran: Ran) => linesOf(ran, 'check').map(({ level, check }) => `${level} ${check}`)
const batches = async (service: string) =>
  linesOf(await json(`status ${service}`), 'status').flatMap((one) =>
    one.batches.map(({ number, name, images: all }) => ({
      number,
      name,
      images: all.map((image) => `${image.container} ${image.image}`),
    })),
  )

/** A Service with these Deployments behind it, each with these containers. */
async function create(
  service: string,
  deployments: Readonly<Record<string, Readonly<Record<string, string>>>>,
  annotations: Readonly<Record<string, string>> = {},
): Promise<void> {
  const base = '/apis/apps/v1/namespaces/demo/deployments'
  await kubectl.post('/api/v1/namespaces/demo/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service },
    spec: { ports: [{ port: 80 }], selector: { app: service } },
  })
  for (const [name, containers] of Object.entries(deployments)) {
    const labels = { app: service, part: name }
    const made = await kubectl.post(base, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations },
          spec: {
            containers: Object.entries(containers).map(([container, image]) => ({ name: container, image })),
          },
        },
      },
    } satisfies JsonObject)
    if (made.status !== 201) throw new Error(made.text)
  }
}

const log = 'registry.example:5000/obs/fluent-bit:3.1'
const app = 'registry.example:5000/team/app:1.0'

describe('the container that gets the tag', () => {
  test('is the one that the annotation names, and the plan says so for every batch before anything is written', async () => {
    const planned = await json('plan web --tag 2.0')
    const step = `app ${app} > registry.example:5000/team/app:2.0`
    expect(images(planned)).toEqual([`web-1 ${step}`, `web-2 ${step}`])
    const released = await json('release web --tag 2.0 --bake 0 --approve-all --yes')
    expect(released.exit).toBe(0)
    expect((await batches('web')).map((one) => one.images)).toEqual(
      [1, 2].map(() => [`fluent-bit ${log}`, 'app registry.example:5000/team/app:2.0']),
    )
  })

  test('is the one that a person names, above the annotation', async () => {
    expect(images(await json('plan web --tag 9.9 --container fluent-bit'))).toEqual(
      [1, 2].map((number) => `web-${number} fluent-bit ${log} > registry.example:5000/obs/fluent-bit:9.9`),
    )
  })

  test('is refused with the names to choose from where nothing tells, and nothing is written', async () => {
    await create('two', { 'two-1': { 'fluent-bit': log, app }, 'two-2': { 'fluent-bit': log, app } })
    for (const verb of ['plan', 'release']) {
      const refused = await tranche(`${verb} two --tag 2.0${verb === 'release' ? ' --yes' : ''}`)
      expect([refused.exit, refused.err]).toEqual([
        2,
        expect.stringMatching(
          /Which container is the application\?\s+--container\s+takes one of: fluent-bit, app/,
        ),
      ])
    }
    const wrong = await tranche('plan two --tag 2.0 --container nope --lang zh')
    expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('没有批次有容器“nope”')])
    expect((await batches('two')).flatMap((one) => one.images)).toEqual(
      [1, 2].flatMap(() => [`fluent-bit ${log}`, `app ${app}`]),
    )
    expect(images(await json('plan two --tag 2.0 --container app')).join()).toContain('team/app:2.0')
  })

  test('is found by the repository of a reference that is given whole', async () => {
    await create('whole', { 'whole-1': { 'fluent-bit': log, app }, 'whole-2': { 'fluent-bit': log, app } })
    expect(images(await json('plan whole --image registry.example:5000/team/app:2.0'))).toEqual(
      [1, 2].map((number) => `whole-${number} app ${app} > registry.example:5000/team/app:2.0`),
    )
  })

  test('has a name of its own in each batch where it is the only one', async () => {
    await create('named', { 'named-1': { 'named-1': app }, 'named-2': { 'named-2': app } })
    expect(images(await json('plan named --tag 2.0')).map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['named-1', 'named-1'],
      ['named-2', 'named-2'],
    ])
  })
})

describe('going back to a version', () => {
  test('means that of the application: a sidecar with that tag is no answer', async () => {
    // web ran 1.0 and runs 2.0; its sidecar is 3.1 in all of it.
    const refused = await json('go-back web --tag 3.1 --yes')
    expect(refused.exit).not.toBe(0)
    expect((await batches('web')).map((one) => one.images[1])).toEqual(
      [1, 2].map(() => 'app registry.example:5000/team/app:2.0'),
    )
    expect((await json('go-back web --tag 1.0 --yes')).exit).toBe(0)
    expect((await batches('web')).map((one) => one.images)).toEqual(
      [1, 2].map(() => [`fluent-bit ${log}`, `app ${app}`]),
    )
  })
})

describe('the repository', () => {
  test('of every batch stays its own with a tag, and an ending that is lost is told', async () => {
    const planned = await json('plan app --tag 2.0')
    expect(images(planned)).toEqual([
      'app-1 app eu.registry.example/team/app:1.0 > eu.registry.example/team/app:2.0',
      'app-2 app us.registry.example/team/app:1.0 > us.registry.example/team/app:2.0',
      'app-3 app us.registry.example/team/app:1.0-arm64 > us.registry.example/team/app:2.0',
    ])
    expect(checks(planned)).toContain('warning tag-differs')
    expect(checks(planned)).not.toContain('warning repository-changes')
    const released = await json('release app --tag 2.0 --bake 0 --approve-all --yes')
    expect(released.exit).toBe(0)
    expect((await batches('app')).flatMap((one) => one.images)).toEqual(
      ['eu', 'us', 'us'].map((place) => `app ${place}.registry.example/team/app:2.0`),
    )
    expect((await tranche('history app')).out.join('\n')).toContain(' 2.0 ')
  })

  test('is the same for all where a reference is given whole, and the check names who leaves which', async () => {
    const planned = await tranche('plan app --image eu.registry.example/team/app:3.0')
    expect(planned.out).toContain(
      '! Batches 2 and 3: container app pulls from eu.registry.example/team/app from now on, and not from us.registry.example/team/app',
    )
  })
})

describe('the canary', () => {
  test('that its name tells of is batch 1, and nothing warns', async () => {
    expect((await batches('hostname')).map((one) => one.name)).toEqual(['hostname-canary', 'hostname'])
    expect(checks(await json('plan hostname --restart'))).not.toContain('warning first-not-smallest')
  })

  test('that an annotation puts behind the large one leaves that first, which is told', async () => {
    await kubectl.patch('/apis/apps/v1/namespaces/demo/deployments/hostname', 'merge', {
      metadata: { annotations: { 'tranche.dev/order': '-9' } },
    })
    const planned = await tranche('plan hostname --tag 2.0')
    expect(planned.out).toContain(
      '! Batch 1 goes first with 4 of 5 pods, and batch 2 has only 1: a fault in the new version reaches more than it has to',
    )
  })
})

describe('names and versions as they are', () => {
  test('an image without a tag has a version to show, and gets another one behind its port', async () => {
    const shown = await tranche('status notag')
    expect(shown.out.join('\n')).toMatch(/notag-1 +latest +/)
    expect(images(await json('plan notag --tag 2'))).toEqual(
      [1, 2].map((number) => `notag-${number} app localhost:5000/team/app > localhost:5000/team/app:2`),
    )
  })

  test('a Deployment called 2048 is found by its name', async () => {
    await create('games', { '2048': { game: 'games/2048:1' }, tetris: { game: 'games/tetris:1' } })
    const planned = await json('plan games --tag 2 --batch 2048')
    expect(images(planned)).toEqual(['2048 game games/2048:1 > games/2048:2'])
    expect((await tranche('status games')).out.join('\n')).toContain('2048')
  })

  test('a Deployment called 1 that is not batch 1 is asked about', async () => {
    await create('odd', { 'odd-0': { app }, '1': { app } })
    const refused = await tranche('plan odd --tag 2 --batch 1')
    expect([refused.exit, refused.err.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('--batch takes: deployment/1, deployment/odd-0'),
    ])
    expect(images(await json('plan odd --tag 2 --batch deployment/1')).map((line) => line[0])).toEqual(['1'])
  })
})
