import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExecSpec } from '../../electron/cluster/dial/connection-spec.ts'

/** A folder with credential plugins that are real programs. Each notes when it runs and what it was given. */
export type PluginFolder = {
  readonly path: string
  /** Writes a plugin with this body (JavaScript); `note` and `env` are there for it. */
  write(name: string, body: string): string
  /** What the plugins noted so far, one line each. */
  notes(): readonly string[]
  remove(): void
}

export function createPluginFolder(): PluginFolder {
  const path = mkdtempSync(join(tmpdir(), 'tranche-plugins-'))
  const log = join(path, 'notes')
  return {
    path,
    write(name, body) {
      const file = join(path, name)
      const start = `#!${process.execPath}
const { appendFileSync } = require('node:fs')
const { env } = process
const note = (text) => appendFileSync(${JSON.stringify(log)}, text + '\\n')
const answer = (status, version = 'v1') => console.log(JSON.stringify({
  apiVersion: 'client.authentication.k8s.io/' + version, kind: 'ExecCredential', status }))
`
      writeFileSync(file, start + body)
      chmodSync(file, 0o755)
      return file
    },
    // Whole lines: the file is there before its first one is.
    notes: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export function buildExec(command: string, parts: Partial<ExecSpec> = {}): ExecSpec {
  return {
    apiVersion: 'client.authentication.k8s.io/v1',
    command,
    args: [],
    env: [],
    installHint: '',
    interactiveMode: 'IfAvailable',
    provideClusterInfo: false,
    file: '/kubeconfig',
    ...parts,
  }
}
