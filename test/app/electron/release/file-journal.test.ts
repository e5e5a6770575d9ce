import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLeaseExpiry } from '../../../../electron/app/releases/lease-expiry.ts'
import {
  asLock,
  createFileJournal,
  journalFileSchema,
  type FileJournal,
} from '../../../../electron/release/file-journal.ts'
import { openLocalFile } from '../../../../electron/release/local-file.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

const release = buildRelease(buildBatchSet([buildBatch(1)]))
const ended = { ...release, state: { kind: 'ended', at: 9, outcome: 'done' } as const }
const none = (): undefined => undefined
const busy = { code: 'conflict', message: 'It is driven.' } as const
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = (): string => join(folder, 'releases', 'journal.json')
function journal(holder: string, past: readonly string[] = []): FileJournal {
  const file = openLocalFile(path(), journalFileSchema)
  return createFileJournal({ file, holder, isPast: (one) => past.includes(one) })
}

test('what one run has written the next one reads, and only its owner may', async () => {
  expect(await journal('li/a/1-s1').take(release, none)).toEqual({ ok: true, value: null })
  expect(journal('li/a/2-s2').entry()).toMatchObject({ holder: 'li/a/1-s1', release })
  if (process.platform !== 'win32') expect(statSync(path()).mode & 0o777).toBe(0o600)
})

test('two runs on one machine do not drive the same release; after a killed one the next goes on', async () => {
  const first = journal('li/a/1-s1')
  await first.take(release, none)
  const second = journal('li/a/2-s2')
  expect(await second.take(release, () => busy)).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  const heir = journal('li/a/3-s3', ['li/a/1-s1'])
  expect(await heir.take(release, none)).toEqual({ ok: true, value: null })
  expect(await first.write(release)).toMatchObject({ ok: false, fault: { code: 'closed' } })
})

test('a journal that is renewed again and again never expires; once it is not, it may be taken, and its driver stops', async () => {
  const clock = createFakeClock()
  const locks = createLeaseExpiry(clock, () => undefined)

  const next = journal('li/a/2-s2')
  const isExpired = (): boolean => {
    const entry = next.entry()
    const lock = entry === undefined ? undefined : asLock(entry)
    return lock !== undefined && locks.isExpired(lock, { kind: 'live' })
  }
  const take = () =>
    next.take(release, (lock) => (locks.isExpired(lock, { kind: 'live' }) ? undefined : busy))
  const first = journal('li/a/1-s1')
  await first.take(release, none)
  expect(isExpired()).toBe(false)
  for (let renewal = 0; renewal < 8; renewal++) {
    await clock.advance(15_000)
    expect(await first.write(release)).toEqual({ ok: true, value: null })
    expect(isExpired()).toBe(false)
  }
  await clock.advance(59_999)
  expect(await take()).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  await clock.advance(1)
  expect(await take()).toEqual({ ok: true, value: null })
  expect(await first.write(release)).toMatchObject({ ok: false, fault: { code: 'closed' } })
  expect(next.entry()).toMatchObject({ holder: 'li/a/2-s2' })
  locks.stop()
})

test('after the end nobody drives, and the record stays', async () => {
  const mine = journal('li/a/1-s1')
  await mine.take(release, none)
  await mine.write(ended)
  expect(journal('li/a/2-s2').entry()).toMatchObject({ holder: '', release: ended })
})

test('a damaged file is never overwritten: it is told, and only set aside by a person’s word', async () => {
  const mine = journal('li/a/1-s1')
  await mine.take(release, none)
  writeFileSync(path(), readFileSync(path(), 'utf8').slice(0, 40))
  const next = journal('li/a/2-s2')
  expect(next.entry()).toMatchObject({ fault: { code: 'bad-answer' } })
  expect(await next.take(release, none)).toMatchObject({ ok: false })
  next.setAside()
  expect(next.entry()).toBeUndefined()
  expect(readdirSync(join(folder, 'releases'))).toEqual(['journal.json.broken'])
})
