import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { atGate, request, startShop } from '../../../support/shop-release.ts'

let bench: Bench
let li: Desk
let wang: Desk
beforeEach(async () => {
  bench = await openBench()
  li = await bench.open({ person: 'li@laptop' })
  wang = await bench.open({ person: 'wang@tower' })
})
afterEach(() => bench.close())

/** The Services whose releases it says would stand still if its cluster were left. */
async function drivenBy(desk: Desk, services: readonly string[] | undefined): Promise<void> {
  const wanted = JSON.stringify([services])
  await desk.until(
    'clusters',
    {},
    (view) => JSON.stringify(view.clusters.map((one) => one.drives)) === wanted,
  )
}

test('a cluster says whose releases leaving it would stop, as long as they are run from here', async () => {
  await drivenBy(li, undefined)
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await drivenBy(li, ['shop-http'])
  // Somebody else leaves it without a question.
  await drivenBy(wang, undefined)
  const stopped = await li.client.call('release/stop', {
    request: request(),
    target: li.target('shop-http'),
    release,
  })
  expect(stopped.ok).toBe(true)
  await drivenBy(li, undefined)
})
