import { expect, test } from 'vitest'
import { readOptions, whyNotStarted } from '../../../../electron/browser/options.ts'
import { wordsOf } from '../../../support/spoken.ts'

test('without options a free port is taken and the browser opened', () => {
  expect(readOptions([])).toEqual({
    ok: true,
    value: { port: 0, open: true, training: false, dataFolder: undefined },
  })
  expect(readOptions(['--port', '8080', '--no-open', '--training', '--data-folder', '/data'])).toMatchObject({
    value: { port: 8080, open: false, training: true, dataFolder: '/data' },
  })
})

test.each([
  [['--port', 'x'], '--port x'],
  [['--port', '65536'], '--port 65536'],
  [['--port', '-1'], '--port'],
  [['--port', '1e3'], '--port 1e3'],
  [['--port='], '--port'],
  [['--port'], '--port'],
  [['--nonsense'], '--nonsense'],
  [['stray'], 'stray'],
  [['--data-folder='], '--data-folder'],
])('%j is refused in a sentence', (args, about) => {
  const read = readOptions(args)
  expect(read).toMatchObject({ ok: false, fault: { code: 'invalid-input' } })
  expect(read.ok ? '' : wordsOf(read.fault)).toContain(about)
})

test.each([
  ['EADDRINUSE', 'listen EADDRINUSE: address already in use 127.0.0.1:80', 'taken by another program'],
  ['EACCES', 'listen EACCES: permission denied 127.0.0.1:80', 'may not be opened by this user'],
  ['EACCES', 'mkdir EACCES: permission denied /data', 'could not start: mkdir EACCES'],
])('%s when it begins is a sentence (%s)', (code, message, says) => {
  expect(whyNotStarted(Object.assign(new Error(message), { code }), 80, 'en')).toContain(says)
})
