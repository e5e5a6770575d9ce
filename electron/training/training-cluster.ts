import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { admissionTable } from './admission/admission-table.ts'
import type { AdmissionRule } from './admission/admission-rule.ts'
import type { ApiSettings } from './api/api-context.ts'
import type { Answer } from './api/answer.ts'
import { answerCall, createApiServer, type ReceivedCall } from './api/api-server.ts'
import { parseRequest } from './api/request-info.ts'
import type { TrainingClock } from './clock/clock.ts'
import { createClusterHooks, type ClusterHooks } from './cluster-hooks.ts'
import { createControlPlane } from './control-plane.ts'
import { createDisturbances } from './api/disturbances.ts'
import { createObjectText } from './api/object-text.ts'
import { demoScenario, type Scenario } from './scenarios/demo.ts'
import { createWatchRegistry } from './api/watch-registry.ts'

export type TrainingCluster = {
  /** Serves on a Unix socket (named pipe) or a loopback port, 0 for a free one. */
  listen(where: { readonly socketPath: string } | { readonly port: number }): Promise<{
    /** `http://127.0.0.1:PORT` or `unix:/path`. */
    readonly server: string
    stop(): Promise<void>
  }>
  /** What it answers to a request that no socket brings: `path` with its query. */
  answer(call: { readonly method: string; readonly path: string } & Omit<ReceivedCall, 'info'>): Answer
  /** From 1 to 20 times as fast as the wall clock. */
  setSpeed(factor: number): void
  speed(): number
  /** Puts the scenario back to its beginning. Watches are cut, and what they saw is gone (410). */
  reset(): void
  /** Closes watches, timers, everything. */
  stop(): Promise<void>
  /** For tests: what goes wrong on purpose. */
  readonly hooks: ClusterHooks
}

export type TrainingClusterOptions = Partial<ApiSettings> & {
  readonly clock: TrainingClock
  /** The same seed gives the same life. */
  readonly seed?: number
  readonly scenario?: Scenario
  readonly logCapacity?: number
  /** What is asked of each new object. */
  readonly admission?: readonly AdmissionRule[]
}

export function createTrainingCluster(options: TrainingClusterOptions): TrainingCluster {
  const {
    clock,
    seed = 1,
    scenario = demoScenario,
    logCapacity = 20_000,
    admission = admissionTable,
  } = options
  const plane = createControlPlane({ clock, seed, scenario, logCapacity, admission })
  const watches = createWatchRegistry()
  const disturbances = createDisturbances()
  const { hooks, noteRequest } = createClusterHooks({ plane, watches, disturbances })
  const settings = {
    bookmarkIntervalMs: options.bookmarkIntervalMs ?? 30_000,
    streamingLists: options.streamingLists ?? true,
  }
  const context = { ...plane, text: createObjectText(), watches, settings }
  const { http: server, cutUpgraded } = createApiServer({ context, disturbances, onRequest: noteRequest })

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
      cutUpgraded()
    })
  }

  return {
    async listen(where) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        if ('port' in where) server.listen(where.port, '127.0.0.1', resolve)
        else server.listen(where.socketPath, resolve)
      })
      const address = 'port' in where ? (server.address() as AddressInfo) : undefined
      return {
        server: 'socketPath' in where ? `unix:${where.socketPath}` : `http://127.0.0.1:${address?.port ?? 0}`,
        async stop() {
          await close()
          if ('socketPath' in where && process.platform !== 'win32') rmSync(where.socketPath, { force: true })
        },
      }
    },
    answer({ method, path, ...received }) {
      const info = parseRequest({ method, url: path })
      noteRequest(info)
      return answerCall(context, { info, ...received })
    },
    setSpeed(factor) {
      clock.setSpeed(Math.min(20, Math.max(1, factor)))
    },
    speed: () => clock.speed(),
    reset() {
      plane.reset()
      hooks.cutWatches()
      cutUpgraded()
    },
    async stop() {
      plane.stop()
      if (server.listening) await close()
    },
    hooks,
  }
}
