import { createSystemApp } from '../app/create-system-app.ts'
import { endProcess } from '../app/host/end-process.ts'
import { createLastResort, outliveReaders } from '../app/host/last-resort.ts'
import { createAddressOpener } from '../app/host/open-address.ts'
import { spawnDetached } from '../app/host/spawn-detached.ts'
import { homeFolder } from '../app/host/this-person.ts'
import { writeLine } from '../app/host/write-line.ts'
import type { AppProcessOptions, FromApp, ToApp } from './messages.ts'
import { portPipe } from './port-pipe.ts'

// The application in a process of its own: a long list that is parsed here freezes no window.
const options = JSON.parse(process.argv[2] ?? '{}') as AppProcessOptions
const { parentPort } = process
const log = (line: string): void => writeLine(process.stderr, `${new Date().toISOString()} ${line}`)
outliveReaders([process.stdout, process.stderr])

const opening = createSystemApp({
  ...options,
  env: process.env,
  homedir: homeFolder(),
  openAddress: createAddressOpener({ platform: process.platform, env: process.env, spawn: spawnDetached }),
  fromDesktop: process.env['TERM'] === undefined,
  log,
})
parentPort.on('message', (event) => void take(event.data as ToApp, event.ports[0]))
let driving: readonly string[] = []
void opening.then((app) => {
  app.onDriving((services) => {
    driving = services
    parentPort.postMessage({ kind: 'driving', services } satisfies FromApp)
  })
})
// The window starts another one, which goes on with what was driven.
process.on(
  'uncaughtException',
  createLastResort({
    driving: () => driving,
    language: 'en',
    say: log,
    close: () => opening.then((app) => app.close()),
    exit: endProcess,
    after: (ms, run) => void setTimeout(run, ms),
  }),
)

async function take(message: ToApp, port: Electron.MessagePortMain | undefined): Promise<void> {
  const opened = await opening
  switch (message.kind) {
    case 'port': {
      if (port === undefined) return
      const pipe = portPipe(port)
      pipe.onClose(opened.attach(pipe))
      return
    }
    case 'close':
      await opened.close()
      endProcess(0)
  }
}
