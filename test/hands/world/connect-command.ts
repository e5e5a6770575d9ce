import type { CommandInput, CommandName, CommandOutputs } from '../../../shared/contract.ts'
import { failedInWords, ok, type Reply } from '../../../shared/fault.ts'
import type { WorldCluster } from './places.ts'

type Names = Extract<CommandName, `cluster/${string}` | 'namespace/add'>
type Answers = { readonly [N in Names]: (input: CommandInput<N>) => Reply<CommandOutputs[N]> }
const done = ok(null)

/** Reaching a cluster and saying things of it: a program that is agreed to, a sign-in that asks for lines. */
export function connectCommand(clusters: readonly WorldCluster[]): Answers {
  const on = (connection: string, act: (cluster: WorldCluster) => Reply<null>): Reply<null> => {
    const cluster = clusters.find((one) => one.id === connection)
    return cluster === undefined ? failedInWords('not-found', 'There is no such cluster.') : act(cluster)
  }
  return {
    'cluster/connect': ({ connection, consent }) =>
      on(connection, (cluster) => {
        if (cluster.asks && consent === undefined) {
          const file = '/home/ops/.kube/config'
          const key = `consent-${cluster.id}`
          cluster.state = {
            kind: 'consent',
            key,
            command: '/usr/bin/kubelogin',
            written: 'kubelogin',
            args: ['--to', cluster.id],
            env: [],
            file,
            warnings: [],
          }
          return done
        }
        if (!cluster.signsIn) return connected(cluster)
        cluster.state = { kind: 'connecting' }
        cluster.signIn = askedBy(cluster)
        return done
      }),
    'cluster/disconnect': ({ connection }) =>
      on(connection, (cluster) => {
        cluster.state = { kind: 'idle' }
        cluster.signIn = undefined
        return done
      }),
    'cluster/rescan': () => done,
    'cluster/settings': ({ connection, alias, colour, production }) =>
      on(connection, (cluster) => {
        cluster.alias = alias === '' ? undefined : alias
        cluster.colour = colour
        if (production !== undefined) cluster.production = production ? { unlocked: false } : undefined
        return done
      }),
    'cluster/unlock': ({ connection, typed }) =>
      on(connection, (cluster) => {
        if (typed.trim() !== cluster.name) return failedInWords('invalid-input', 'That is not its name.')
        if (cluster.production !== undefined) cluster.production.unlocked = true
        return done
      }),
    'cluster/lock': ({ connection }) =>
      on(connection, (cluster) => {
        if (cluster.production !== undefined) cluster.production.unlocked = false
        return done
      }),
    'cluster/answer': ({ connection, run }) =>
      on(connection, (cluster) =>
        cluster.signIn?.run === run
          ? connected(cluster)
          : failedInWords('not-found', 'That program has ended.'),
      ),
    'namespace/add': ({ connection, namespace }) =>
      on(connection, (cluster) => {
        if (!cluster.namespaces.some((one) => one.name === namespace))
          cluster.namespaces.push({ name: namespace, services: [] })
        return done
      }),
  }
}

/** A program that asks for a line. */
export function askedBy(cluster: WorldCluster): WorldCluster['signIn'] {
  const run = ++cluster.runs
  return { run, command: `kubelogin-${cluster.id}`, lines: ['Code from the app: '], reads: true }
}

function connected(cluster: WorldCluster): Reply<null> {
  cluster.state = { kind: 'connected', version: '1.31', freshness: { kind: 'live' } }
  cluster.signIn = undefined
  return done
}
