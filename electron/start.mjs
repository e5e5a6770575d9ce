// `npm start`: installs and builds what is missing, then starts a host. Runs on Node 20; the application on Node 24.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildPage, install, node24, root } from './install.mjs'

install()
const node = node24()
buildPage(node)

const args = process.argv.slice(2).filter((one) => one !== '--browser')
const child = spawn(node, [join(root, 'electron', 'browser', 'main.ts'), ...args], {
  cwd: root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)))
