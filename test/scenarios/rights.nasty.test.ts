import { expect } from 'vitest'
import { tokens } from '../controlplane/control-plane-users.ts'
import type { Operator } from '../support/operator.ts'
import type { Bench, Manifest } from '../support/scenario-bench.ts'
import { test } from '../support/scene.ts'
import { at } from '../support/pictures.ts'

/** The user `partial` may patch demo-aone-1, 2 and 3, and not 4. */
function named(manifest: Manifest, number: number): Manifest {
  return { ...manifest, metadata: { ...(manifest['metadata'] as object), name: `demo-aone-${number}` } }
}

async function blockers(bench: Bench, operator: Operator, leftOut: readonly number[]) {
  const draft = operator.draft({ tag: '2.0.0', leftOut })
  const { checks } = await bench.answer(operator.call('release/check', draft))
  return checks.filter((one) => one.level === 'blocker').map((one) => one.what)
}

test('scenario 50: a right that is missing for batch 4 alone is found before the start; without batch 4 it goes', async (scene) => {
  const { bench } = await scene({ sizes: [1, 2, 2, 1], manifest: named })
  const wang = await bench.open('wang@desk', { token: tokens.partial })
  expect(await blockers(bench, wang, [])).toEqual([
    { kind: 'permission', verb: 'patch', resource: 'deployments', name: 'demo-aone-4', batch: 4 },
  ])
  expect(bench.link.patches()).toEqual([])
  expect(await blockers(bench, wang, [4])).toEqual([])
  await bench.answer(wang.release({ tag: '2.0.0', leftOut: [4], gates: { approval: false } }))
  await bench.sees(wang, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['demo-aone-1', 'demo-aone-2', 'demo-aone-3'])
  expect(await bench.kubectl.image('demo-aone-4')).toBe(bench.image('1.0.0'))
})
