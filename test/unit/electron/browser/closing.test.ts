import { expect, test } from 'vitest'
import { createClosing } from '../../../../electron/browser/closing.ts'

function host(services: readonly string[], language: 'en' | 'zh' = 'en') {
  let [now, drives] = [0, services]
  const did: string[] = []
  const take = createClosing({
    driving: () => drives,
    now: () => now,
    language,
    say: (line) => did.push(line),
    close: () => did.push('closed'),
  })
  return { take, did, later: (ms: number) => (now += ms), ends: () => (drives = []) }
}

test.each([
  [
    'en',
    /^A release is running here: demo-http, orders\. .*finishes.*continues\. Press Ctrl-C again to close\.$/,
  ],
  ['zh', /^有发布正在这里进行：demo-http、orders。/],
] as const)(
  'Ctrl-C while a release runs says what happens to it (%s), and the next one closes',
  (language, says) => {
    const { take, did, later } = host(['demo-http', 'orders'], language)
    take('SIGINT')
    expect(did).toEqual([expect.stringMatching(says)])
    // The same press, passed on by npm.
    later(20)
    take('SIGINT')
    expect(did).toHaveLength(1)
    later(5_000)
    take('SIGINT')
    take('SIGINT')
    expect(did.slice(1)).toEqual(['closed'])
  },
)

test('without a release, once it has ended, or ended by the machine, it closes at once', () => {
  const idle = host([])
  idle.take('SIGINT')
  expect(idle.did).toEqual(['closed'])
  const over = host(['demo-http'])
  over.take('SIGINT')
  over.ends()
  over.later(400)
  over.take('SIGINT')
  expect(over.did.at(-1)).toBe('closed')
  const ended = host(['demo-http'])
  ended.take('SIGTERM')
  expect(ended.did).toEqual(['closed'])
})
