import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'

test('a unit test opens no file and no socket, and starts no program', async () => {
  expect(() => readFileSync('package.json')).toThrow('opens no file')
  expect(() => mkdtempSync('/tmp/tranche-')).toThrow('opens no file')
  await expect(async () => readFile('package.json')).rejects.toThrow('opens no file')
  expect(() => createServer().listen(0)).toThrow('opens no socket')
  expect(() => connect(1)).toThrow('opens no socket')
  expect(() => spawnSync('true')).toThrow('starts no program')
})
