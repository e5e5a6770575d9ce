import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { controlPlaneProgram } from './build-control-plane.ts'

const command = join(import.meta.dirname, 'main.ts')

test('what was built is only found the second time', () => {
  const { stdout, status } = spawnSync(process.execPath, [command, 'build'], { encoding: 'utf8' })
  expect([status, stdout.trim()]).toEqual([0, controlPlaneProgram()])
})

test.skipIf(process.platform === 'win32')(
  'a Go that is too old is named in one line, with exit code 3',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-go-'))
    writeFileSync(join(folder, 'go'), '#!/bin/sh\necho go1.20.3\n', { mode: 0o755 })
    const path = `${folder}${delimiter}${process.env['PATH'] ?? ''}`
    const run = spawnSync(process.execPath, [command, 'build'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path, XDG_CACHE_HOME: folder },
    })
    rmSync(folder, { recursive: true, force: true })
    expect(run.status).toBe(3)
    expect(run.stderr).toBe(`Go 1.26.0 or newer is missing: ${join(folder, 'go')} says "go1.20.3"\n`)
  },
)
