import { expect, test } from 'vitest'
import { carryOut, prepare } from '../../../../electron/release/effects.ts'
import { failedInWords } from '../../../../shared/fault.ts'
import type { Effect } from '../../../../shared/release/release.ts'
import { buildTemplate, newImage } from '../../../support/build-batch.ts'
import { createToyApi } from '../../../support/toy-api.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'

function setUp() {
  const cluster = createToyCluster([4])
  const api = createToyApi(cluster)
  const batch = cluster.batches()[0]
  if (batch === undefined) throw new Error('no batch')
  const about = { batch: batch.uid, name: batch.name }
  const effects: Readonly<Record<Effect['kind'], Effect>> = {
    'see-out': { kind: 'see-out', id: 'r/1/see-out', ...about, inDoubt: true },
    'set-images': {
      kind: 'set-images',
      id: 'r/1/forward/1',
      ...about,
      generation: batch.generation,
      images: [
        {
          container: 'demo-aone',
          index: 0,
          init: false,
          from: batch.containers[0]?.image ?? '',
          to: newImage,
        },
      ],
      cause: '',
    },
    'set-template': {
      kind: 'set-template',
      way: 'back',
      id: 'r/1/back/1',
      ...about,
      template: buildTemplate('registry.example/x:1'),
      templateDigest: 'other',
      replaceable: [batch.templateDigest],
      unpause: true,
      cause: '',
    },
    'set-paused': { kind: 'set-paused', id: 'r/1/freeze', ...about, paused: true },
    'set-replicas': { kind: 'set-replicas', id: 'r/1/size', ...about, from: 4, to: 6 },
  }
  const context = { api, namespace: 'demo', signal: new AbortController().signal }
  return { cluster, api, effects, context }
}

const kinds = ['see-out', 'set-images', 'set-template', 'set-paused', 'set-replicas'] as const

test.each(kinds)(
  'a generation that moved between the read and the write is no refusal, whatever is written: %s',
  async (kind) => {
    const { cluster, effects, context } = setUp()
    const prepared = await prepare(context, effects[kind])
    cluster.touch(1)
    const result = await carryOut(context, prepared)
    // What is to be seen out can land no more, by whomever the generation was moved.
    expect(result).toMatchObject(kind === 'see-out' ? { kind: 'done' } : { kind: 'unknown', moved: true })
    const again = await carryOut(context, await prepare(context, { ...effects[kind], ...later(kind) }))
    expect(again.kind).toBe('done')
  },
)

/** A second try reads first. */
function later(kind: Effect['kind']): { readonly id: string } | object {
  return kind === 'set-images' ? { id: 'r/1/forward/2' } : {}
}

test.each(kinds.filter((kind) => kind !== 'see-out'))(
  'a generation that moved between the read and the trial is no refusal either: %s',
  async (kind) => {
    const { cluster, api, effects, context } = setUp()
    const tried = api.tryDeployment
    api.tryDeployment = (...parts) => {
      cluster.touch(1)
      return tried(...parts)
    }
    expect(await prepare(context, effects[kind])).toMatchObject({ result: { kind: 'unknown', moved: true } })
  },
)

test.each(kinds)('what a webhook or the schema refuses is refused, whatever is written: %s', async (kind) => {
  const { api, effects, context } = setUp()
  const prepared = await prepare(context, effects[kind])
  for (const code of ['invalid', 'forbidden'] as const) {
    api.patchDeployment = () => Promise.resolve(failedInWords(code, 'admission webhook denied the request'))
    expect(await carryOut(context, prepared)).toMatchObject({ kind: 'refused' })
  }
})

test.each(kinds)('what nobody has judged is refused by nobody, whatever is written: %s', async (kind) => {
  const { api, effects, context } = setUp()
  const prepared = await prepare(context, effects[kind])
  const read = api.getDeployment
  const codes = ['bad-answer', 'tls', 'plugin', 'consent-needed', 'kubeconfig', 'closed'] as const
  for (const code of codes) {
    api.patchDeployment = () => Promise.resolve(failedInWords(code, code))
    expect(await carryOut(context, prepared)).toEqual({ kind: 'unknown', message: code })
  }
  // Neither can a look at one object be wrong, whatever a proxy says to it.
  for (const code of [...codes, 'conflict', 'invalid'] as const) {
    api.getDeployment = () => Promise.resolve(failedInWords(code, code))
    const effect = { ...effects[kind], ...later(kind) }
    expect(await prepare(context, effect)).toMatchObject({ result: { kind: 'unknown', message: code } })
  }
  api.patchDeployment = () => Promise.resolve(failedInWords('invalid', 'a test failed'))
  expect(await carryOut(context, prepared)).toEqual({ kind: 'unknown', message: 'a test failed' })
  api.getDeployment = read
  expect(await carryOut(context, prepared)).toEqual({ kind: 'refused', message: 'a test failed' })
})

test.each(kinds)(
  'what has expired on its way was refused by nobody: it is made anew from what is there by then (%s)',
  async (kind) => {
    const { api, effects, context } = setUp()
    const prepared = await prepare(context, effects[kind])
    api.patchDeployment = () => Promise.resolve(failedInWords('expired', 'gone'))
    expect(await carryOut(context, prepared)).toEqual({ kind: 'unknown', message: 'gone' })
  },
)

test.each(kinds)('every write names the uid and the generation that it was made for: %s', async (kind) => {
  const { cluster, api, effects, context } = setUp()
  const batch = cluster.batches()[0]
  const sent: unknown[] = []
  const patch = api.patchDeployment
  api.patchDeployment = (guard, ...parts) => {
    sent.push(guard)
    return patch(guard, ...parts)
  }
  await carryOut(context, await prepare(context, effects[kind]))
  expect(sent).toMatchObject([{ uid: batch?.uid, generation: batch?.generation }])
})

test.each(kinds)(
  'with an earlier write in doubt it is not enough to find what is wanted: the generation moves (%s)',
  async (kind) => {
    const { cluster, api, effects, context } = setUp()
    if (kind !== 'see-out') await carryOut(context, await prepare(context, effects[kind]))
    const before = cluster.batches()[0]?.generation ?? 0
    const found = await context.api.getDeployment('demo', effects[kind].name)
    const digest = found.ok ? found.value.templateDigest : ''
    const effect = {
      ...effects[kind],
      ...(kind === 'set-template' && { templateDigest: digest }),
      inDoubt: true,
    } as Effect
    expect((await carryOut(context, await prepare(context, effect))).kind).toBe('done')
    expect(cluster.batches()[0]?.generation).toBe(before + 1)
    expect(api.fences).toHaveLength(1)
  },
)
