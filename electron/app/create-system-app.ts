import { spawn } from 'node:child_process'
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import crossSpawn from 'cross-spawn'
import { connectionId } from '../../shared/ids.ts'
import { createSystemClock } from '../cluster/clock/clock.ts'
import { connect } from '../cluster/connection.ts'
import { machineTrust } from '../cluster/dial/dispatcher.ts'
import type { ConnectionSpec } from '../cluster/dial/connection-spec.ts'
import { kubectlHome, namedVariables } from '../cluster/dial/environment.ts'
import { execCommandOf } from '../cluster/sign-in/exec-command.ts'
import { createForeignFiles } from '../cluster/dial/foreign-files.ts'
import { createLoginShell } from '../cluster/sign-in/login-shell.ts'
import { readPluginPolicy } from '../cluster/sign-in/plugin-policy.ts'
import { createRealClock } from '../training/clock/clock.ts'
import { createTrainingCluster } from '../training/training-cluster.ts'
import { createApp, type App } from './app.ts'
import { type TrainingControl } from './training-control.ts'
import { openSettings } from './storage/settings-file.ts'
import { createAddedKubeconfigs } from './clusters/added-kubeconfigs.ts'
import { surveyKubeconfigs } from './clusters/survey-kubeconfigs.ts'
import type { ProcessMark } from '../release/holder.ts'
import { createListeners } from './async/listeners.ts'
import { createKubeconfigSource } from './host/kubeconfig-source.ts'
import { userName } from './host/this-person.ts'
import { isGone, markOf, thisMachine } from './host/this-process.ts'

export type SystemAppOptions = {
  /** `auto`: offered, and opened when no kubeconfig exists. `only`: opened at once. */
  readonly training: 'auto' | 'only' | 'off'
  readonly dataFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
  /** Whose variables and places those are, where it is not this machine's. */
  readonly platform?: string
  readonly version: string
  readonly resumeReleases?: boolean
  /** Started from a dock or menu, not from a terminal: the login shell is asked for what a terminal would know. */
  readonly fromDesktop?: boolean
  /** `false`: nobody sits there who could answer a plugin that asks questions. */
  readonly interactive?: boolean
  /** Which process it is, and which others are proved to be gone: this one, unless several play in it. */
  readonly identity?: {
    readonly process: ProcessMark
    readonly isGone: (process: ProcessMark) => boolean
  }
  /** Shows an address of this machine in the browser, where somebody sits before one. */
  readonly openAddress?: (address: string) => void
  readonly log: (line: string) => void
}

/** The application on this machine's real clock, files, sockets and programs. */
export async function createSystemApp(options: SystemAppOptions): Promise<App> {
  const { log, platform = process.platform } = options
  const env = namedVariables(options.env, platform)
  const identity = options.identity ?? {
    process: markOf(process.pid, thisMachine),
    isGone: (one: ProcessMark) => isGone(one, thisMachine),
  }
  const clock = createSystemClock()
  const files = createForeignFiles(clock)
  const homedir = await kubectlHome({ env, platform, homedir: options.homedir }, files)
  let stopRetry = (): void => undefined
  const settings = openSettings(options.dataFolder, {
    newId: () => randomUUID(),
    log,
    after: (ms, run) => (stopRetry = clock.setTimer(ms, run)),
  })
  const trusted = machineTrust()
  const training = options.training === 'off' ? undefined : await serveTraining()
  const addedKubeconfigs = createAddedKubeconfigs({
    dataFolder: options.dataFolder,
    settings,
    homedir: options.homedir,
    files,
  })
  const source = createKubeconfigSource({
    env,
    homedir,
    clock,
    files,
    added: addedKubeconfigs,
    askShell: createLoginShell({ spawn, clock, env, marker: randomUUID(), log }),
    fromDesktop: options.fromDesktop === true,
  })
  const kubeconfigs = await source.load()
  const app = createApp({
    clock,
    newId: () => randomBytes(6).toString('hex'),
    settings,
    kubeconfigs,
    loadKubeconfigs: source.load,
    addedKubeconfigs,
    survey: () => surveyKubeconfigs(source.places(), files),
    about: {
      version: options.version,
      platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    },
    watchKubeconfigs: source.watch,
    connect: async (spec, { consent, signal, talk }) =>
      connect(spec, {
        clock,
        random: Math.random,
        env: spec.user.kind === 'exec' ? await source.environmentFor(spec.user.exec) : source.env(),
        // Windows starts no `.cmd` by itself, and many plugins are one.
        spawn: crossSpawn.spawn,
        version: options.version,
        trusted,
        log,
        signal,
        ...(options.interactive !== false && { talk }),
        consent: (command) => command.key === consent,
        files,
        pluginPolicy: () => readPluginPolicy(env, homedir, files),
      }),
    pluginOf: async ({ user }) =>
      user.kind === 'exec' ? execCommandOf(user.exec, await source.environmentFor(user.exec)) : undefined,
    self: {
      person: `${userName(env)}@${hostname()}`,
      install: settings.read().install,
      process: identity.process,
      session: randomBytes(4).toString('hex'),
    },
    isGone: identity.isGone,
    ...(options.resumeReleases !== undefined && { resumeReleases: options.resumeReleases }),
    openTraining: options.training === 'only' || kubeconfigs.connections.length === 0,
    ...(training !== undefined && { training: training.control }),
    ...(options.openAddress !== undefined && { openAddress: options.openAddress }),
    log,
  })
  return {
    attach: app.attach,
    onDriving: app.onDriving,
    unanswered: app.unanswered,
    async close() {
      stopRetry()
      await app.close()
      await training?.stop()
    },
  }
}

/** The training cluster is reached over a socket like any cluster: only its clock has knobs here. */
async function serveTraining(): Promise<{ readonly control: TrainingControl; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-training-'))
  const socketPath =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\tranche-${randomBytes(8).toString('hex')}`
      : join(folder, 'api.sock')
  // Nothing of the last start is in it: with the same uids an old release would be taken for one of its own.
  const cluster = createTrainingCluster({ clock: createRealClock(), seed: randomInt(2 ** 32) })
  const served = await cluster.listen({ socketPath })
  const changes = createListeners()
  const id = connectionId(createHash('sha256').update('tranche training cluster').digest('hex').slice(0, 16))
  const spec: ConnectionSpec = {
    id,
    name: 'training',
    file: '',
    namespace: 'demo',
    server: served.server,
    user: { kind: 'token', token: 'training-token' },
    tls: { insecure: false },
    warnings: [],
    current: false,
  }
  return {
    control: {
      connection: id,
      spec,
      setSpeed(factor) {
        cluster.setSpeed(factor)
        changes.tell()
      },
      speed: () => cluster.speed(),
      reset() {
        cluster.reset()
        changes.tell()
      },
      onChange: changes.add,
    },
    async stop() {
      await served.stop()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
