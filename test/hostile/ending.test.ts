import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-ending-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const longestMs = 20_000
const source = new URL('../../electron/app/host/end-process.ts', import.meta.url).href

/** How a program ends that does this and then wants to end with 3; `SIGKILL`: it had to be killed. */
function endOf(...before: readonly string[]): Promise<number | string | null> {
  const lines = [
    `import { open } from 'node:fs/promises'`,
    `import { endProcess } from '${source}'`,
    ...before,
  ]
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', [...lines, 'endProcess(3)'].join('\n')],
      {
        stdio: 'ignore',
        timeout: longestMs,
        killSignal: 'SIGKILL',
      },
    )
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
}

describe.runIf(process.platform !== 'win32')('the end of a process', () => {
  test(
    'comes with its code, also while a call to the system does not come back',
    { timeout: longestMs * 2 },
    async () => {
      const pipe = join(folder, 'pipe')
      spawnSync('mkfifo', [pipe])
      // Opened as nothing here opens it: it waits for somebody who writes, as for a drive that is gone.
      expect(await endOf(`void open('${pipe}')`)).toBe(3)
    },
  )

  test('comes with its code where nothing waits, and what is being written is written', async () => {
    expect(await endOf()).toBe(3)
    const file = join(folder, 'file')
    expect(await endOf(`void open('${file}', 'w').then((opened) => opened.writeFile('all of it'))`)).toBe(3)
    expect(readFileSync(file, 'utf8')).toBe('all of it')
  })
})
