import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linesOf, openTerminal, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
beforeEach(async () => {
  terminal = await openTerminal()
  const text = readFileSync(terminal.kubeconfig, 'utf8')
  writeFileSync(
    terminal.kubeconfig,
    text
      .replace('current-context: training', 'current-context: gov-prod')
      .replace(/- name: training\n  context/, '- name: gov-prod\n  context'),
  )
})
afterEach(() => terminal.close())

const release = ['release', 'demo-http', '--tag', '20190215093000', '--bake', '0', '--batch', '1']

test('a script changes a production cluster only by naming it; another name is refused', async () => {
  const before = await terminal.revisions()
  const unnamed = await terminal.tranche([...release, '--output', 'json'])
  expect([unnamed.exit, linesOf(unnamed, 'fault')]).toMatchObject([
    1,
    [{ code: 'read-only', text: expect.stringContaining('--production gov-prod') as string }],
  ])
  const wrong = await terminal.tranche([...release, '--production', 'gov-test'])
  expect(wrong.exit).toBe(1)
  expect(await terminal.revisions()).toEqual(before)
  expect((await terminal.tranche([...release, '--production', 'gov-prod'])).exit).toBe(0)
})

test('on a terminal the name is typed; taking it back then asks once and needs no name', async () => {
  const ran = await terminal.tranche(release, { answers: ['y', 'gov-prod'] })
  expect([ran.exit, ran.asked.length]).toEqual([0, 2])
  expect(ran.asked[1]).toContain('Type its name')
  const back = await terminal.tranche(['rollback', 'demo-http'], { answers: [''] })
  expect([back.exit, back.asked.length]).toEqual([0, 1])
})

test('a release that was left behind is stopped without the name', async () => {
  const until = ['--until', 'approval', '--production', 'gov-prod']
  const tag = ['release', 'demo-http', '--tag', '20190215093000', '--bake', '0']
  expect((await terminal.tranche([...tag, ...until])).exit).toBe(4)
  const stopped = await terminal.tranche(['stop', 'demo-http'])
  expect([stopped.exit, stopped.err]).toEqual([0, expect.not.stringContaining('--production') as string])
})
