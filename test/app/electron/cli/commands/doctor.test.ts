import { afterEach, beforeEach, expect, test } from 'vitest'
import { linesOf, openTerminal, type Terminal } from '../../../../support/terminal.ts'

let terminal: Terminal
beforeEach(async () => {
  terminal = await openTerminal()
})
afterEach(() => terminal.close())

test('the doctor connects to nothing by itself, and to the context that is named', async () => {
  const alone = await terminal.tranche(['doctor', '--output', 'json'])
  expect([alone.exit, linesOf(alone, 'doctor')[0]?.report]).toMatchObject([
    0,
    { contexts: [{ name: 'training', state: 'idle' }], connections: [] },
  ])
  const named = await terminal.tranche(['doctor', '--context', 'training', '--lang', 'zh'])
  expect(named.exit).toBe(0)
  expect(named.out.join('\n')).toContain('已发送请求：')
})

test('a context that is not there ends as wrong use, after the report', async () => {
  const ran = await terminal.tranche(['doctor', '--context', 'nowhere'])
  expect(ran.exit).toBe(2)
  expect(ran.out).toContain('Contexts')
})

test('the report is lines, and a name of others ends none', async () => {
  const { out } = await terminal.tranche(['doctor'])
  expect(out[0]).toMatch(/^Tranche /)
  expect(out.slice(1).join('\n')).not.toContain('\\n')
  expect(out).toContain('Files')
})
