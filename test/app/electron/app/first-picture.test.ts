import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import type { FeedPayload } from '../../../../shared/contract.ts'
import { startApiProxy } from '../../../support/api-proxy.ts'
import { openBench, openDesk } from '../../../support/app-on-training.ts'

test('while the pods have not arrived the Service is loading: no count of theirs is shown as zero', async () => {
  const bench = await openBench()
  const folder = mkdtempSync(join(tmpdir(), 'tranche-first-'))
  const proxy = await startApiProxy({
    upstream: { server: bench.server, token: 'training-token' },
    fate: ({ path }) => (path.includes('/pods?') ? { kind: 'delay', ms: 300 } : { kind: 'pass' }),
  })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, trainingKubeconfig(proxy.server, 'training'))
  const { app, desk } = await openDesk({
    kubeconfig,
    home: join(folder, 'home'),
    person: 'li@laptop',
    number: 1,
  })
  const seen: FeedPayload<'pipeline'>[] = []
  await desk.until('pipeline', desk.target('demo-http'), (payload) => {
    seen.push(payload)
    return payload.kind === 'view' && payload.view.freshness.kind === 'live'
  })
  const counts = seen.map((one) => (one.kind === 'view' ? one.view.endpoints : one.kind))
  expect(new Set(counts.slice(0, -1))).toEqual(new Set(['loading']))
  await app.close()
  await proxy.stop()
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})
