import { expect } from 'vitest'
import { at } from '../support/pictures.ts'
import { test } from '../support/scene.ts'

test('scenario 55: with 50 Deployments of 20 pods that churn, the page gets at most ten small pictures a second, and the release ends', async (scene) => {
  const { bench, li } = await scene({ sizes: Array.from({ length: 50 }, () => 20), nodes: 70 })
  const pictures: { readonly at: number; readonly size: number }[] = []
  const stop = li.client.subscribe('pipeline', li.target(), (payload) => {
    pictures.push({ at: li.clock.wall(), size: JSON.stringify(payload).length })
  })
  const others = Array.from({ length: 46 }, (_, index) => index + 5)
  await bench.answer(li.release({ tag: '2.0.0', leftOut: others, gates: { approval: false } }))
  // Somebody else restarts all the others meanwhile: 920 pods go and 920 come.
  for (const number of others) {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-11-24T08:00:00Z' }
    await bench.kubectl.patch(`web-${number}`, { spec: { template: { metadata: { annotations } } } })
  }
  const done = await bench.sees(li, 'the end', at('release-done'))
  stop()
  expect(done.batches.filter((one) => one.look === 'done')).toHaveLength(4)
  expect(pictures.length).toBeGreaterThan(20)
  for (const [index, one] of pictures.entries()) {
    const tenLater = pictures[index + 10]
    if (tenLater !== undefined) expect(tenLater.at - one.at).toBeGreaterThanOrEqual(900)
  }
  // Some 1.2 KB a batch, whatever its pods do: they are letters.
  expect(Math.max(...pictures.map((one) => one.size))).toBeLessThan(64_000)
})
