import type { Page } from '@playwright/test'
import { failedInWords } from '../../shared/fault.ts'
import { expect, sentBy, test } from './support/fixture-page.ts'

/** Another version of the release that is shown: something has been decided about it since. */
async function moveOn(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release === undefined) throw new Error('no release')
    const release = { ...shown.view.release, version: shown.view.release.version + 1 }
    fixture.steering.push('pipeline', { kind: 'view', view: { ...shown.view, release } })
  })
}

test('whoever drives can be asked again to pause once something was decided since', async ({ open }) => {
  const page = await open('other')
  const ask = page.getByRole('button', { name: /^Ask .* to pause/ })
  await ask.click()
  await expect(ask).toContainText('Asked. It is done when their application next looks at the lock.')
  await moveOn(page)
  await expect(ask).not.toContainText('Asked.')
  await ask.click()
  await expect(ask).toContainText('Asked.')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/ask', 'release/ask'])
})

test('the second click of a double click answers no question', async ({ open }) => {
  const page = await open('stop')
  const answer = page.getByRole('alertdialog').getByRole('button', { name: 'Stop the release' })
  await answer.hover()
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await sentBy(page)).toEqual([])
  await answer.click()
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/stop'])
})

test('a connection that is refused late is told once where it is looked at, and in a note elsewhere', async ({
  open,
}) => {
  const page = await open('idle-cluster')
  const refused = failedInWords('unreachable', 'connect ETIMEDOUT')
  const told = page.getByRole('region', { name: 'Messages' }).getByRole('alert')
  const connect = async (): Promise<void> => {
    await page.evaluate(() => fixture.steering.answerWith('cluster/connect', 'late'))
    await page
      .getByRole('main')
      .getByRole('button', { name: /^(Connect|Try again)/ })
      .click()
  }
  // The screen of a cluster that failed takes the place of the one that was pressed on, before the answer comes.
  await connect()
  await page.evaluate((fault) => {
    const shown = fixture.steering.shown('clusters')
    const clusters = shown.clusters.map((one) =>
      one.name === 'gov-staging' ? { ...one, state: { kind: 'failed' as const, fault } } : one,
    )
    fixture.steering.push('clusters', { ...shown, clusters })
  }, refused.fault)
  await expect(page.getByRole('main').getByText('ETIMEDOUT')).toHaveCount(1)
  await page.evaluate((reply) => fixture.steering.answer('cluster/connect', reply), refused)
  await expect(page.getByRole('main').getByText('ETIMEDOUT')).toHaveCount(1)
  await expect(told).toHaveCount(0)
  await connect()
  await page.getByRole('navigation', { name: 'Clusters' }).getByRole('button', { name: /^lab/ }).click()
  await page.evaluate((reply) => fixture.steering.answer('cluster/connect', reply), refused)
  await expect(told).toHaveCount(1)
  await expect(told).toContainText('gov-staging')
})
