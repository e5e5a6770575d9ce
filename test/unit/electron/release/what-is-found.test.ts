import { describe, expect, test } from 'vitest'
import { carryOut, prepare } from '../../../../electron/release/effects.ts'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'
import { uid } from '../../../../shared/ids.ts'
import type { Deployment } from '../../../../shared/k8s/objects.ts'
import { templateDigest } from '../../../../shared/k8s/template-digest.ts'
import { causeAnnotation } from '../../../../electron/release/operations.ts'
import { ownManager } from '../../../../shared/release/settle/own-hand.ts'
import type { Effect, EffectResult } from '../../../../shared/release/release.ts'
import { buildTemplate, oldImage } from '../../../support/build-batch.ts'
import { createToyApi } from '../../../support/toy-api.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'
import { wordsOf } from '../../../support/spoken.ts'

const ours = buildTemplate('registry.example/x:1')
const strange = buildTemplate('registry.example/x:9')
const byKubectl = [
  { field: 'template', manager: 'kubectl-edit', at: 900 },
  { field: 'paused', manager: 'kubectl-rollout', at: 800 },
  { field: 'replicas', manager: 'kubectl-scale', at: 700 },
] as const
const byUs = [{ field: 'template', manager: ownManager, at: 900 }] as const

/** One effect on a Deployment that is found as a test says: what is sent, and what comes of it. */
async function carriedOut(
  parts: Partial<Effect> & Pick<Effect, 'kind'>,
  found: Partial<Deployment>,
): Promise<{ readonly result: EffectResult; readonly sent: readonly string[] }> {
  const cluster = createToyCluster([4])
  const api = createToyApi(cluster)
  const batch = cluster.batches()[0]
  if (batch === undefined) throw new Error('no batch')
  const sent: string[] = []
  const { getDeployment, tryDeployment, patchDeployment } = api
  api.getDeployment = async (...where) => {
    const reply: Reply<Deployment> = await getDeployment(...where)
    return reply.ok ? ok({ ...reply.value, ...found }) : reply
  }
  api.tryDeployment = (...what) => {
    sent.push('trial')
    return tryDeployment(...what)
  }
  api.patchDeployment = (...what) => {
    sent.push('write')
    return patchDeployment(...what)
  }
  const effect = {
    batch: batch.uid,
    name: batch.name,
    cause: 'r1/1',
    ...defaults[parts.kind],
    ...parts,
  } as Effect
  const context = { api, namespace: 'demo', signal: new AbortController().signal }
  return { result: await carryOut(context, await prepare(context, effect)), sent }
}

const defaults: Readonly<Record<Effect['kind'], object>> = {
  'see-out': { id: 'r/1/see-out', inDoubt: true },
  'set-images': {
    id: 'r/1/forward/2',
    generation: 1,
    images: [{ container: 'demo-aone', index: 0, init: false, from: oldImage, to: 'registry.example/x:1' }],
  },
  'set-template': {
    id: 'r/1/back/1',
    way: 'back',
    template: ours,
    templateDigest: templateDigest(ours),
    replaceable: [templateDigest(buildTemplate(oldImage))],
    unpause: false,
  },
  'set-replicas': { id: 'r/1/size', from: 4, to: 6 },
  'set-paused': { id: 'r/1/freeze', paused: true },
}

const as = (template: Deployment['template']) => ({ template, templateDigest: templateDigest(template) })

describe('nothing is sent, not even tried, where the object itself says', () => {
  test('that it is another one, or is being deleted', async () => {
    const found = await Promise.all(
      (['set-template', 'set-images', 'set-replicas', 'set-paused', 'see-out'] as const).map((kind) =>
        carriedOut({ kind, batch: uid('another') }, {}),
      ),
    )
    expect(found).toEqual(found.map(() => ({ result: { kind: 'gone' }, sent: [] })))
  })

  test('that it runs what somebody else has set, who is named', async () => {
    const found = { ...as(strange), writers: byKubectl }
    expect(await carriedOut({ kind: 'set-template' }, found)).toEqual({
      result: { kind: 'foreign', digest: templateDigest(strange), manager: 'kubectl-edit', at: 900 },
      sent: [],
    })
  })

  test('that somebody has paused it, who is named; a write that clears it does so', async () => {
    const found = { paused: true, writers: byKubectl }
    expect(await carriedOut({ kind: 'set-template' }, found)).toEqual({
      result: { kind: 'paused', manager: 'kubectl-rollout', at: 800 },
      sent: [],
    })
    const cleared = await carriedOut({ kind: 'set-template', unpause: true }, found)
    expect(cleared).toMatchObject({ result: { kind: 'done' }, sent: ['trial', 'write'] })
  })

  test('that it has what is wanted, also with what a webhook has added to our own write', async () => {
    const done = { result: { kind: 'done' }, sent: [] }
    expect(await carriedOut({ kind: 'set-template' }, as(ours))).toMatchObject(done)
    const mutated = { ...as(strange), writers: byUs }
    const { meta } = await deployment()
    const byThisCause = { ...mutated, meta: { ...meta, annotations: { [causeAnnotation]: 'r1/1' } } }
    expect(await carriedOut({ kind: 'set-template' }, byThisCause)).toMatchObject(done)
    // The same words by another hand, or ours for another cause, are somebody else's work.
    for (const found of [{ ...byThisCause, writers: byKubectl }, mutated])
      expect((await carriedOut({ kind: 'set-template' }, found)).result.kind).toBe('foreign')
  })

  test('that its size is neither the one before nor the one that is wanted', async () => {
    expect(await carriedOut({ kind: 'set-replicas' }, { replicas: 5, writers: byKubectl })).toEqual({
      result: { kind: 'foreign', manager: 'kubectl-scale', at: 700 },
      sent: [],
    })
  })
})

test('what only moves the generation is sent at once, without a trial', async () => {
  expect((await carriedOut({ kind: 'see-out' }, {})).sent).toEqual(['write'])
  expect((await carriedOut({ kind: 'set-template' }, {})).sent).toEqual(['trial', 'write'])
})

test('how long a server asks to wait is kept with what it said, and nothing is made up where it does not', async () => {
  const fault = failedInWords('too-many-requests', 'slow down').fault
  const answered = async (retryAfter: object): Promise<EffectResult> => {
    const api = createToyApi(createToyCluster([4]))
    api.getDeployment = () => Promise.resolve({ ok: false, fault: { ...fault, ...retryAfter } })
    const context = { api, namespace: 'demo', signal: new AbortController().signal }
    const effect = {
      ...defaults['set-paused'],
      kind: 'set-paused',
      batch: uid('batch-1'),
      name: 'demo-aone-1',
    }
    return await carryOut(context, await prepare(context, effect as Effect))
  }
  expect(await answered({ retryAfter: 7 })).toEqual({ kind: 'unknown', message: 'slow down', retryAfter: 7 })
  expect(await answered({})).toEqual({ kind: 'unknown', message: 'slow down' })
})

async function deployment(): Promise<Deployment> {
  const found = await createToyApi(createToyCluster([4])).getDeployment('demo', 'demo-aone-1')
  if (!found.ok) throw new Error(wordsOf(found.fault))
  return found.value
}
