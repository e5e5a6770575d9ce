import { objectAt, textAt, type Json, type JsonObject } from '../../../electron/training/objects/json.ts'
import { eventually } from '../../support/eventually.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment, pod } from './objects.ts'

function options(more: JsonObject): JsonObject {
  return { kind: 'DeleteOptions', apiVersion: 'v1', ...more }
}

async function gone(given: Given, path: string): Promise<Json> {
  return eventually(async () => ((await given.admin.get(path)).status === 404 ? 'gone' : undefined), {
    what: `${path} is gone`,
  })
}

/** A ConfigMap that another one owns: the garbage collector knows no difference between kinds. */
async function family(given: Given): Promise<void> {
  const owner = await given.admin.post(`${given.core}/configmaps`, configMap('owner'))
  const uid = textAt(owner.body, 'metadata', 'uid') ?? ''
  const ownerReferences = [
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, controller: true, blockOwnerDeletion: true },
  ]
  await given.admin.post(`${given.core}/configmaps`, {
    ...configMap('child'),
    metadata: { name: 'child', ownerReferences },
  })
}

export const removing: Cases = {
  'a deletion answers with a Status that names what is gone': async ({ admin, core, apps }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    await admin.post(`${apps}/deployments`, deployment('one'))
    return [
      shown(await admin.remove(`${core}/configmaps/one`)),
      shown(await admin.remove(`${apps}/deployments/one`)),
    ]
  },
  'uid and version of a deletion are compared': async ({ admin, core }) => {
    const { body } = await admin.post(`${core}/configmaps`, configMap('one'))
    const { uid = '', resourceVersion = '' } = objectAt(body, 'metadata')
    const other = '00000000-0000-4000-8000-000000000000'
    const path = `${core}/configmaps/one`
    return [
      shown(await admin.remove(path, options({ preconditions: { uid: other } }))),
      shown(await admin.remove(path, options({ preconditions: { resourceVersion: '1' } }))),
      outcome(await admin.remove(path, options({ preconditions: { uid, resourceVersion } }))),
    ]
  },
  'in the background the owner goes at once and its children later': async (given) => {
    await family(given)
    const answer = await given.admin.remove(
      `${given.core}/configmaps/owner`,
      options({ propagationPolicy: 'Background' }),
    )
    return [
      answer.status,
      (await given.admin.get(`${given.core}/configmaps/owner`)).status,
      await gone(given, `${given.core}/configmaps/child`),
    ]
  },
  'in the foreground the owner stays until its children are gone': async (given) => {
    await family(given)
    // A child that is held back keeps its owner.
    await given.admin.patch(`${given.core}/configmaps/child`, 'merge', {
      metadata: { finalizers: ['example.com/hold'] },
    })
    const answer = await given.admin.remove(
      `${given.core}/configmaps/owner`,
      options({ propagationPolicy: 'Foreground' }),
    )
    const child = await eventually(
      async () => {
        const found = await given.admin.get(`${given.core}/configmaps/child`)
        return objectAt(found.body, 'metadata')['deletionTimestamp'] === undefined ? undefined : found
      },
      { what: 'the child is being deleted' },
    )
    const waiting = await given.admin.get(`${given.core}/configmaps/owner`)
    await given.admin.patch(`${given.core}/configmaps/child`, 'merge', { metadata: { finalizers: null } })
    const meta = (body: JsonObject) => {
      const {
        deletionTimestamp,
        deletionGracePeriodSeconds = null,
        finalizers = null,
      } = objectAt(body, 'metadata')
      return { deletionTimestamp: typeof deletionTimestamp, deletionGracePeriodSeconds, finalizers }
    }
    return [
      answer.status,
      meta(answer.body),
      meta(child.body),
      meta(waiting.body),
      await gone(given, `${given.core}/configmaps/owner`),
    ]
  },
  'orphaned children stay and forget their owner': async (given) => {
    await family(given)
    const answer = await given.admin.remove(
      `${given.core}/configmaps/owner`,
      options({ propagationPolicy: 'Orphan' }),
    )
    await gone(given, `${given.core}/configmaps/owner`)
    const child = await given.admin.get(`${given.core}/configmaps/child`)
    return [
      answer.status,
      objectAt(answer.body, 'metadata')['finalizers'] ?? null,
      child.status,
      objectAt(child.body, 'metadata')['ownerReferences'] ?? null,
    ]
  },
  'the policy may stand in the query, and has to be a known word': async (given) => {
    await family(given)
    return [
      shown(await given.admin.remove(`${given.core}/configmaps/owner?propagationPolicy=Nonsense`)),
      shown(
        await given.admin.remove(
          `${given.core}/configmaps/owner`,
          options({ propagationPolicy: 'Orphan', orphanDependents: true }),
        ),
      ),
      (await given.admin.remove(`${given.core}/configmaps/owner?propagationPolicy=Orphan`)).status,
      await gone(given, `${given.core}/configmaps/owner`),
      (await given.admin.get(`${given.core}/configmaps/child`)).status,
    ]
  },
  'a finalizer holds an object, which may then only lose finalizers': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, {
      ...configMap('one'),
      metadata: { name: 'one', finalizers: ['example.com/hold'] },
    })
    const answer = await admin.remove(`${core}/configmaps/one`)
    return [
      shown(answer),
      (await admin.remove(`${core}/configmaps/one`)).status,
      shown(
        await admin.patch(`${core}/configmaps/one`, 'merge', {
          metadata: { finalizers: ['example.com/hold', 'example.com/more'] },
        }),
      ),
      (await admin.patch(`${core}/configmaps/one`, 'merge', { data: { key: 'new' } })).status,
      (await admin.patch(`${core}/configmaps/one`, 'merge', { metadata: { finalizers: null } })).status,
      (await admin.get(`${core}/configmaps/one`)).status,
    ]
  },
  'a pod without a node goes at once, one with a node ends with grace': async ({ admin, core }) => {
    await admin.post(`${core}/pods`, pod('free'))
    const bound = (name: string) =>
      admin.post(
        `${core}/pods`,
        pod(name, { spec: { nodeName: 'somewhere', terminationGracePeriodSeconds: 40 } }),
      )
    for (const name of ['a', 'b', 'c']) await bound(name)
    const grace = (body: JsonObject) => objectAt(body, 'metadata')['deletionGracePeriodSeconds'] ?? null
    const free = await admin.remove(`${core}/pods/free`)
    const usual = await admin.remove(`${core}/pods/a`)
    const shorter = await admin.remove(`${core}/pods/a`, options({ gracePeriodSeconds: 10 }))
    const longer = await admin.remove(`${core}/pods/a`, options({ gracePeriodSeconds: 90 }))
    const forced = await admin.remove(`${core}/pods/a?gracePeriodSeconds=0`)
    const asked = await admin.remove(`${core}/pods/b?gracePeriodSeconds=5`)
    const negative = await admin.remove(`${core}/pods/c?gracePeriodSeconds=-1`)
    const nonsense = await admin.remove(`${core}/pods/c?gracePeriodSeconds=x`)
    return [
      [free.status, free.body['kind'] ?? null, (await admin.get(`${core}/pods/free`)).status],
      [usual.status, grace(usual.body), grace(shorter.body), grace(longer.body)],
      [forced.status, (await admin.get(`${core}/pods/a`)).status],
      [asked.status, grace(asked.body), negative.status, grace(negative.body)],
      shown(nonsense),
    ]
  },
  'a namespace ends with all that is in it': async (given) => {
    const { admin, namespace } = given
    const name = `${namespace.slice(0, 20)}-inner`
    await admin.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    await admin.post(`/api/v1/namespaces/${name}/configmaps`, {
      ...configMap('held'),
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
    })
    const answer = await admin.remove(`/api/v1/namespaces/${name}`)
    const during = await admin.post(`/api/v1/namespaces/${name}/configmaps`, configMap('late'))
    await admin.patch(`/api/v1/namespaces/${name}/configmaps/held`, 'merge', {
      metadata: { finalizers: null },
    })
    return [
      answer.status,
      objectAt(answer.body, 'status')['phase'] ?? null,
      shown(during),
      await gone(given, `/api/v1/namespaces/${name}`),
    ]
  },
}
