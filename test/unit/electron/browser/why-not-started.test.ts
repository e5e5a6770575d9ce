import { expect, test } from 'vitest'
import { whyNotStarted } from '../../../../electron/browser/options.ts'

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code })

test('why it could not begin is a sentence in the language of whoever has typed it', () => {
  const taken = failure('EADDRINUSE', 'listen EADDRINUSE: address already in use 127.0.0.1:80')
  expect(whyNotStarted(taken, 80, 'en')).toBe(
    'Port 80 is taken by another program. Choose another one with --port, or leave it out.',
  )
  expect(whyNotStarted(taken, 80, 'zh')).toContain('端口 80 已被其他程序占用')
  const forbidden = failure('EACCES', 'listen EACCES: permission denied 127.0.0.1:80')
  expect(whyNotStarted(forbidden, 80, 'zh')).toContain('大于 1023')
  expect(whyNotStarted(failure('EACCES', 'permission denied, open x'), 80, 'en')).toBe(
    'Tranche could not start: permission denied, open x',
  )
  expect(whyNotStarted('odd', 0, 'zh')).toBe('Tranche 无法启动：odd')
})
