import { expect, test } from 'vitest'
import { findRunners, type Ancestor } from '../../../../../electron/cli/session/watch-runner.ts'

const shell = 'sh -c tranche release web'
const npm = 'npm run tranche -- release web'

function tree(...commands: readonly string[]): (pid: number) => Ancestor | undefined {
  return (pid) => {
    const command = commands[100 - pid]
    return command === undefined ? undefined : { parent: pid - 1, command }
  }
}
const throughNpm = { npm_lifecycle_script: 'node electron/launcher.mjs' }

test.each([
  ['npm and its shell', [shell, npm, 'bash'], [100, 99]],
  ['npm, whose shell has made way', [npm, 'bash'], [100]],
  [
    'npx, as node runs it',
    [shell, '/usr/bin/node /usr/lib/node_modules/npm/bin/npx-cli.js tranche'],
    [100, 99],
  ],
  ['npm exec', [shell, 'npm exec tranche'], [100, 99]],
  ['pnpm', [shell, 'node /opt/pnpm/bin/pnpm.cjs run tranche'], [100, 99]],
])('%s is watched, and nobody above it', (_name, commands, pids) => {
  expect(findRunners(throughNpm, 100, tree(...commands))).toEqual(pids)
})

test('our launcher is watched, and npm above it', () => {
  const env = { TRANCHE_LAUNCHER: '100' }
  expect(findRunners(env, 100, tree('node launcher.mjs', 'bash'))).toEqual([100])
  const both = { ...env, ...throughNpm }
  expect(findRunners(both, 100, tree('node launcher.mjs', shell, npm, 'bash'))).toEqual([100, 99, 98])
})

test('whoever was not started through npm is not watched over: it outlives its shell', () => {
  expect(findRunners({}, 100, tree('bash', npm))).toEqual([])
  // The variables are inherited by all that such a script starts, long after npm has ended.
  expect(findRunners(throughNpm, 100, tree('bash', 'tmux: server', 'systemd'))).toEqual([])
})
