#!/usr/bin/env node
// `npx tranche`: runs the terminal host on Node 24, whatever Node this is. What it writes is for pipes: it says
// nothing of its own on stdout. Where we, or npm above us, are gone without a word, the terminal host finds out itself.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install, node24, root } from './install.mjs'
import { passSignals } from './pass-signals.mjs'

install()
const entry = join(root, 'electron', 'cli', 'main.ts')
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./cli/main.ts')
} else {
  const child = spawn(node24(), [entry, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, TRANCHE_LAUNCHER: `${process.pid}` },
  })
  // A terminal sends SIGINT to the child as well; SIGTERM is no second Ctrl-C to it.
  passSignals(child, process, { SIGINT: 'SIGTERM' })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)))
}
