import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
const modules = join(root, 'node_modules')

/**
 * A unit test works on values: whatever opens a socket or a file, or starts a program, fails there with its name. What
 * the runner itself does, such as reading modules, is no part of it.
 */
function refuse<T extends object>(owner: T, names: readonly (keyof T & string)[], what: string): void {
  for (const name of names) {
    const original: unknown = owner[name]
    if (typeof original !== 'function') throw new Error(`There is no ${name} to refuse.`)
    const guarded = new Proxy(original, {
      apply(target, self, args) {
        if (isOurs(new Error().stack ?? ''))
          throw new Error(`${name}: a unit test ${what}. If it has to, it belongs below test/app/.`)
        return Reflect.apply(target, self, args) as unknown
      },
    })
    owner[name] = guarded as unknown as T[keyof T & string]
  }
}

/** Whether the nearest caller that is a file, and not this one, is one of our sources or tests. */
function isOurs(stack: string): boolean {
  const callers = stack
    .split('\n')
    .filter((line) => line.includes(root) && !line.includes(import.meta.filename))
  return callers[0] !== undefined && !callers[0].includes(modules)
}

refuse(net.Socket.prototype, ['connect'], 'opens no socket')
refuse(net.Server.prototype, ['listen'], 'opens no socket')
refuse(
  childProcess,
  ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
  'starts no program',
)
refuse(
  fs,
  [
    ...([
      'open',
      'openSync',
      'readFile',
      'readFileSync',
      'readdir',
      'readdirSync',
      'createReadStream',
    ] as const),
    ...([
      'writeFile',
      'writeFileSync',
      'mkdir',
      'mkdirSync',
      'mkdtemp',
      'mkdtempSync',
      'cpSync',
      'watch',
    ] as const),
  ],
  'opens no file',
)
refuse(fs.promises, ['open', 'readFile', 'readdir', 'writeFile', 'mkdir', 'mkdtemp'], 'opens no file')
syncBuiltinESMExports()
