import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Json } from '../../electron/training/objects/json.ts'
import { controlPlaneProgram } from '../controlplane/build-control-plane.ts'
import type { Given } from './run-cases.ts'

/** The kubectl of the same version as the real server that was asked; undefined where nobody has built it. */
export function builtKubectl(): string | undefined {
  const program = controlPlaneProgram()
  return existsSync(program) ? program : undefined
}

export type Said = { readonly code: number; readonly out: string; readonly err: string }

export type Kubectl = (args: readonly string[], input?: string) => Promise<Said>

/** kubectl as the admin in the namespace of the case. */
export function kubectlIn({ target, namespace }: Pick<Given, 'target' | 'namespace'>): Kubectl {
  const home = dirname(target.kubeconfigPath)
  const flags = ['--kubeconfig', target.kubeconfigPath, '--cache-dir', join(home, 'cache'), '-n', namespace]
  return (args, input = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(controlPlaneProgram(), ['kubectl', ...flags, ...args], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], HOME: home, KUBECTL_KUBERC: 'false' },
      })
      let out = ''
      let err = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
      child.on('error', reject)
      child.on('close', (code) => resolve({ code: code ?? -1, out, err }))
      child.stdin.end(input)
    })
}

/** Output without ages (a cluster whose clock runs fast is ahead of kubectl's: `<invalid>`), addresses, hashes and the widths of columns, which follow from them. */
export function printed({ code, out, err }: Said): Json {
  const lines = (text: string): Json =>
    text
      .split('\n')
      .map((line) =>
        line
          .replace(/-[a-z0-9]{5,10}-[a-z0-9]{5}\b/g, '-<hash>-<id>')
          .replace(/(deployment|shop)-[a-z0-9]{8,10}\b/g, '$1-<hash>')
          .replace(/pod-template-hash=[a-z0-9]+/g, 'pod-template-hash=<hash>')
          .replace(/\b10\.\d+\.\d+\.\d+/g, '<ip>')
          .replace(/\b(\d+[dhms])+( ago)?\b/g, '<age>')
          .replace(/<invalid>/g, '<age>')
          .replace(/[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d{4} [\d:]+ \+0000/g, '<time>')
          .replace(/training-w\d/g, '<node>')
          .replace(/https?:\/\/127\.0\.0\.1:\d+/g, '<server>')
          .replace(/\/tmp\/[A-Z]+-\d+/g, '<file>')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .filter((line) => line !== '')
  return { code, out: lines(out), ...(err === '' ? {} : { err: lines(err) }) }
}
