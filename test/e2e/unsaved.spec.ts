import { expect, test } from './support/fixture-page.ts'

const unsaved = { folder: '/data', why: 'read-only', code: 'EROFS' } as const

test('that settings are in memory only is said wherever one looks, until they are written', async ({
  open,
}) => {
  const page = await open('unsaved')
  const banner = page.getByRole('status').filter({ hasText: 'Settings are not saved.' })
  await expect(banner).toContainText('no space is left on the disk (ENOSPC)')
  await page.evaluate(() => {
    const { unsaved: _, ...written } = fixture.steering.shown('clusters')
    fixture.steering.push('clusters', written)
  })
  await expect(banner).toHaveCount(0)
})

test('before anything is connected as well, and in Chinese', async ({ open }) => {
  const page = await open('idle-cluster', 'zh')
  await page.evaluate(
    (why) => fixture.steering.push('clusters', { ...fixture.steering.shown('clusters'), unsaved: why }),
    unsaved,
  )
  await expect(page.getByRole('status').filter({ hasText: '设置未保存。' })).toContainText(
    '无法写入 /data：磁盘是只读的（EROFS）',
  )
})
