import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHistoryKeeper } from '../../../../../electron/app/storage/history-keeper.ts'
import { createLocalRecords } from '../../../../../electron/app/storage/local-records.ts'
import type { HistoryApi } from '../../../../../electron/release/history-api.ts'
import type { Target } from '../../../../../shared/contract.ts'
import { failedInWords, ok, type Reply } from '../../../../../shared/fault.ts'
import { connectionId, uid } from '../../../../../shared/ids.ts'
import type { ConfigMap } from '../../../../../shared/k8s/objects.ts'
import { buildBatch, buildBatchSet } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'
import { createFakeClock, settled } from '../../../../support/fake-clock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-history-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const north: Target = { connection: connectionId('north'), namespace: 'demo', service: 'demo-http' }
const south: Target = { ...north, connection: connectionId('south') }
const release = buildRelease(buildBatchSet([buildBatch(1), buildBatch(2)]))
const never = (): Promise<Reply<ConfigMap>> => new Promise(() => undefined)

/** A cluster that takes what it is given, or one that never answers. */
function clusterThat(answers: boolean): HistoryApi {
  let kept: ConfigMap | undefined
  const keep = (_namespace: string, body: unknown): Promise<Reply<ConfigMap>> => {
    const { binaryData } = body as { readonly binaryData: Record<string, string> }
    const meta = {
      name: 'tranche-history-demo-http',
      namespace: 'demo',
      uid: uid('m'),
      resourceVersion: '1',
      generation: 0,
      labels: {},
      annotations: {},
      createdAt: 0,
    }
    kept = { meta, data: {}, binaryData }
    return Promise.resolve(ok(kept))
  }
  return {
    getConfigMap: answers
      ? () => Promise.resolve(kept === undefined ? failedInWords('not-found', 'no such map') : ok(kept))
      : never,
    createConfigMap: answers ? keep : never,
    replaceConfigMap: answers ? (namespace, _name, body) => keep(namespace, body) : never,
    tryConfigMap: never,
    replicaSetTemplate: () => new Promise(() => undefined),
  }
}

function setUp() {
  const clock = createFakeClock()
  const apis = new Map([
    [north.connection, clusterThat(false)],
    [south.connection, clusterThat(true)],
  ])
  const keeper = createHistoryKeeper({
    clock,
    api: (target) => apis.get(target.connection),
    records: createLocalRecords({ folder, holder: 'li', isPast: () => false }),
    log: () => undefined,
  })
  return { clock, keeper }
}

test('a cluster that never answers keeps no other cluster from its history', async () => {
  const { keeper } = setUp()
  void keeper.keep(north, release)
  await keeper.keep(south, release)
  const { releases, missing } = await keeper.list(south)
  expect([releases.map((one) => one.id), missing]).toEqual([[release.id], []])
})

test('what a cluster does not take in bounded time is kept on this machine, and listed', async () => {
  const { clock, keeper } = setUp()
  const kept = keeper.keep(north, release)
  await settled()
  await clock.advance(10_000)
  await kept
  const listed = keeper.list(north)
  await settled()
  await clock.advance(10_000)
  const { releases, missing } = await listed
  expect(releases.map((one) => one.id)).toEqual([release.id])
  expect(missing.map((one) => one.kind)).toEqual(['history-unread', 'history-local'])
})

test('the end waits for what is being written, and no longer than that', async () => {
  const { clock, keeper } = setUp()
  void keeper.keep(north, release)
  let closed = false
  const closing = keeper.close().then(() => (closed = true))
  await settled()
  expect(closed).toBe(false)
  await clock.advance(10_000)
  await closing
  expect(closed).toBe(true)
})
