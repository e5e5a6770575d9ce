import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestInfo } from '../../../../electron/training/api/request-info.ts'
import type { CommandInput } from '../../../../shared/contract.ts'
import type { CheckWhat } from '../../../../shared/preflight/check.ts'
import { uid } from '../../../../shared/ids.ts'
import { checkEn } from '../../../../shared/preflight/check-words-en.ts'
import { sayCheck } from '../../../../shared/preflight/check-words.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { wordsOf } from '../../../support/spoken.ts'

type Draft = CommandInput<'release/check'>

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

const image = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000'
const draftOf = (desk: Desk): Promise<Draft> => desk.draft('demo-http', { images: { 'demo-aone': image } })

let requests = 0
async function both(desk: Desk, draft: Draft) {
  const checked = await desk.client.call('release/check', draft)
  if (!checked.ok) throw new Error(wordsOf(checked.fault))
  const started = await desk.client.call('release/start', { request: `request-${1000 + requests++}`, draft })
  return {
    checks: checked.value.checks,
    blockers: checked.value.checks.filter((one) => one.level === 'blocker').map((one) => one.what),
    started,
    refusal: started.ok ? '' : wordsOf(started.fault),
  }
}

function refuse(code: number, message: string, when: (info: RequestInfo) => boolean): void {
  const reason = code === 403 ? 'Forbidden' : 'InternalError'
  bench.cluster.hooks.disturb({
    when,
    times: 1000,
    what: { kind: 'refuse', error: { code, reason, message } },
  })
}

const writesLease = ({ method, plural }: RequestInfo): boolean => plural === 'leases' && method !== 'GET'
const webhook = 'admission webhook "leases.example" denied the request: no Leases here'
const broken = 'Internal error occurred: failed calling webhook "leases.example": connection refused'

/** Each way in which a start is refused, and the blocker by which the plan says so before. */
const refusals: readonly {
  readonly what: string
  readonly arrange: (desk: Desk) => Promise<Draft>
  readonly blocker: Partial<CheckWhat>
  /** What both say; of the rest the check has words of its own. */
  readonly cause?: string
}[] = [
  {
    what: 'an admission policy that refuses the Lease',
    async arrange(desk) {
      refuse(403, webhook, writesLease)
      return draftOf(desk)
    },
    blocker: { kind: 'lock-refused', forbidden: true },
    cause: webhook,
  },
  {
    what: 'a webhook for Leases that cannot be reached',
    async arrange(desk) {
      refuse(500, broken, writesLease)
      return draftOf(desk)
    },
    blocker: { kind: 'lock-refused', forbidden: false },
    cause: broken,
  },
  {
    what: 'a Lease that cannot be read',
    async arrange(desk) {
      const draft = await draftOf(desk)
      refuse(
        500,
        broken,
        ({ plural, method, name }) => plural === 'leases' && method === 'GET' && name !== '',
      )
      return draft
    },
    blocker: { kind: 'lock-refused', forbidden: false },
    cause: broken,
  },
  {
    what: 'a record that does not fit into the Lease',
    async arrange(desk) {
      for (const batch of [1, 2, 3, 4]) {
        const annotations = { blob: randomBytes(45_000).toString('base64') }
        const answer = await fetch(
          `${bench.server}/apis/apps/v1/namespaces/demo/deployments/demo-aone-${batch}`,
          {
            method: 'PATCH',
            headers: { 'content-type': 'application/merge-patch+json' },
            body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
          },
        )
        expect(answer.status).toBe(200)
      }
      await desk.picture('demo-http', (view) =>
        view.batches.every((one) => one.updated === one.desired && one.old === 0),
      )
      return draftOf(desk)
    },
    blocker: { kind: 'journal-size', may: 200 },
    cause:
      'KiB in its Lease, and may take 200: release fewer batches at a time, or make the pod templates smaller',
  },
  {
    what: 'an image that is none',
    arrange: async (desk) =>
      desk.draft('demo-http', { images: { 'demo-aone': 'registry.example/app cloud:1' } }),
    blocker: { kind: 'image-invalid' },
  },
  {
    what: 'a container that there is not',
    arrange: async (desk) => desk.draft('demo-http', { images: { nobody: image } }),
    blocker: { kind: 'no-container' },
  },
  {
    what: 'nothing to change',
    arrange: async (desk) => ({ ...(await draftOf(desk)), change: { kind: 'none' } }),
    blocker: { kind: 'draft-refused' },
    cause: 'Nothing would change',
  },
  {
    what: 'sizes of before',
    async arrange(desk) {
      const draft = await draftOf(desk)
      return { ...draft, sizes: [{ batch: draft.steps[0]?.batch ?? uid(''), from: 7, to: 3 }] }
    },
    blocker: { kind: 'size-invalid' },
  },
  {
    what: 'a release to replace that does not run here',
    arrange: async (desk) => ({ ...(await draftOf(desk)), supersedes: { release: 'r9', from: 'canary' } }),
    blocker: { kind: 'supersede-gone' },
  },
  {
    what: 'a release that runs',
    async arrange(desk) {
      const draft = await draftOf(desk)
      const begun = await desk.client.call('release/start', { request: 'request-0000', draft })
      expect(begun.ok).toBe(true)
      await desk.picture('demo-http', (view) => view.release?.state === 'running')
      return draft
    },
    blocker: { kind: 'release-running' },
  },
  {
    what: 'a journal that cannot be read',
    async arrange(desk) {
      const metadata = {
        name: 'tranche-demo-http',
        namespace: 'demo',
        annotations: { 'tranche.dev/release': 'not a journal' },
      }
      bench.cluster.hooks.plane.apply({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata,
        spec: {},
      })
      await desk.picture('demo-http', (view) => view.unreadable !== undefined)
      return draftOf(desk)
    },
    blocker: { kind: 'journal-unreadable' },
    cause: 'can’t be read',
  },
]

test.each(refusals)('the plan says no where a start says no, for the same cause: $what', async (one) => {
  const desk = await bench.open()
  const draft = await one.arrange(desk)
  const found = await both(desk, draft)
  expect(found.started.ok).toBe(false)
  const blocker = found.blockers.find((what) => what.kind === one.blocker.kind)
  expect(blocker).toMatchObject(one.blocker)
  if (one.cause === undefined || blocker === undefined) return
  expect(found.refusal).toContain(one.cause)
  expect(sayCheck(checkEn, blocker)).toContain(one.cause)
})

test('a ConfigMap that is refused keeps nobody from releasing: it is said, and the history stays here', async () => {
  const desk = await bench.open()
  refuse(403, 'no ConfigMaps here', ({ method, plural }) => plural === 'configmaps' && method !== 'GET')
  const { checks, blockers, started } = await both(desk, await draftOf(desk))
  expect(blockers).toEqual([])
  expect(checks).toContainEqual({
    level: 'warning',
    what: { kind: 'history-refused', says: { kind: 'words', words: 'no ConfigMaps here' } },
  })
  expect(started.ok).toBe(true)
})

test('a webhook that takes no trial runs is not called a refusal', async () => {
  const desk = await bench.open()
  refuse(
    400,
    'admission webhook "leases.example" does not support dry run',
    (info) => writesLease(info) && info.query.has('dryRun'),
  )
  const { checks, blockers, started } = await both(desk, await draftOf(desk))
  expect(blockers).toEqual([])
  expect(checks).toContainEqual({ level: 'warning', what: { kind: 'not-known', about: ['record'] } })
  expect(started.ok).toBe(true)
})

test('the check itself writes no Lease and no ConfigMap', async () => {
  const desk = await bench.open()
  const checked = await desk.client.call('release/check', await draftOf(desk))
  expect(checked.ok && checked.value.checks.filter((one) => one.level === 'blocker')).toEqual([])
  const written = bench.cluster.hooks.requests.filter(
    ({ method, plural, query }) =>
      (plural === 'leases' || plural === 'configmaps') && method !== 'GET' && !query.has('dryRun'),
  )
  expect(written).toEqual([])
})
