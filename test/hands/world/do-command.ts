import type { CommandInput, CommandName, CommandOutputs, Target } from '../../../shared/contract.ts'
import { failedInWords, ok, type Reply } from '../../../shared/fault.ts'
import { releaseId, type Uid } from '../../../shared/ids.ts'
import { doctorReport } from '../../visual/doctor-fixture.ts'
import { connectCommand } from './connect-command.ts'
import { newRelease } from './new-release.ts'
import type { WorldCluster, WorldService } from './places.ts'
import { inspected, pastOf, previewOf, templateText } from './read-answers.ts'
import { steerRelease } from './steer-release.ts'

type Answers = { readonly [N in CommandName]: (input: CommandInput<N>) => Reply<CommandOutputs[N]> }
const done = ok(null)

/** What the application does when it is asked, and says. Nothing of it takes time: lateness is the world's. */
export function commandsOf(clusters: WorldCluster[]): Answers {
  let count = 0
  const at = ({ connection, namespace, service }: Target): WorldService | undefined =>
    clusters
      .find((one) => one.id === connection)
      ?.namespaces.find((one) => one.name === namespace)
      ?.services.find((one) => one.name === service && !one.gone)

  function on<T>(target: unknown, act: (service: WorldService) => Reply<T>): Reply<T> {
    const { connection } = target as Target
    const cluster = clusters.find((one) => one.id === connection)
    const service = at(target as Target)
    if (cluster?.state.kind !== 'connected') return failedInWords('closed', 'That cluster is not connected.')
    return service === undefined ? failedInWords('not-found', 'There is no such Service.') : act(service)
  }

  function changing<T>(target: unknown, act: (service: WorldService) => Reply<T>): Reply<T> {
    const cluster = clusters.find((one) => one.id === (target as Target).connection)
    if (cluster?.production?.unlocked === false)
      return failedInWords('read-only', 'Changes to this cluster are not switched on.')
    return on(target, act)
  }

  function start({ draft }: CommandInput<'release/start'>): Reply<CommandOutputs['release/start']> {
    return changing(draft.target, (service) => {
      const running = service.release !== undefined && service.release.state !== 'ended'
      if (running && draft.supersedes?.release !== service.release?.id)
        return failedInWords('conflict', 'A release runs there by now.')
      const wrong = draft.sizes.find(
        ({ batch, from }) => service.batches.find((one) => one.uid === batch)?.desired !== from,
      )
      if (wrong !== undefined) return failedInWords('moved-on', 'Its sizes are not those that were shown.')
      for (const { batch, to } of draft.sizes) {
        const own = service.batches.find((one) => one.uid === batch)
        if (own !== undefined) own.desired = to
      }
      if (draft.change.kind === 'none') return ok({ release: releaseId(`sizes-${String(++count)}`) })
      const tag =
        draft.change.kind === 'image' ? (draft.change.images[0]?.image.split(':').at(-1) ?? 'none') : 'none'
      const id = `release-${String(++count)}`
      service.release = newRelease(service, {
        id,
        tag,
        change: draft.change.kind,
        steps: draft.steps,
        onFailure: draft.onFailure,
        batchLimitSeconds: draft.batchLimitSeconds,
      })
      return ok({ release: releaseId(id) })
    })
  }

  function changePlan({ target, release, change }: CommandInput<'release/change-plan'>): Reply<null> {
    return changing(target, (service) => {
      const own = service.release
      if (own === undefined || own.id !== release)
        return failedInWords('moved-on', 'Another release stands there.')
      for (const { batch, gates, leftOut } of change.steps) {
        const step = own.steps.find((one) => one.batch === batch)
        if (step === undefined) continue
        step.gates = gates
        step.leftOut = leftOut
      }
      for (const { batch, to } of change.sizes) own.planned.set(batch as Uid, to)
      own.onFailure = change.onFailure ?? own.onFailure
      own.batchLimitSeconds = change.batchLimitSeconds ?? own.batchLimitSeconds
      own.version++
      return done
    })
  }

  const steer =
    (verb: Parameters<typeof steerRelease>[1]) =>
    (input: {
      readonly target: unknown
      readonly release: string
      readonly step?: number
      readonly batch?: string
    }) =>
      changing(input.target, (service) =>
        steerRelease(service, verb, { release: input.release, step: input.step, batch: input.batch }),
      )

  return {
    ...connectCommand(clusters),
    'kubeconfig/inspect': inspected,
    'kubeconfig/add': () => done,
    'kubeconfig/remove': () => done,
    'doctor/report': () => ok(doctorReport),
    'rights/review': () => ok({ rights: [] }),
    'release/check': ({ target }) =>
      on(target, () => ok({ checks: [{ level: 'ok', what: { kind: 'probes-ok' } }] })),
    'release/start': start,
    'template/show': ({ target, batch }) =>
      on(target, (service) => {
        const own = service.batches.find((one) => one.uid === batch)
        return own === undefined
          ? failedInWords('not-found', 'No such batch.')
          : ok({ text: templateText(service, own) })
      }),
    'template/preview': ({ target, text }) => on(target, (service) => ok(previewOf(service, text))),
    'release/pause': steer('pause'),
    'release/resume': steer('resume'),
    'release/freeze': steer('freeze'),
    'release/retry': steer('retry'),
    'release/skip': steer('skip'),
    'release/adopt': steer('adopt'),
    'release/restore': steer('restore'),
    'release/approve': steer('approve'),
    'release/push-all': steer('push-all'),
    'release/stop': steer('stop'),
    'release/take-over': steer('take-over'),
    'release/roll-back': steer('roll-back'),
    'release/change-plan': changePlan,
    'release/ask': ({ target }) => on(target, () => done),
    'release/forget': ({ target }) =>
      changing(target, (service) => {
        service.unreadable = undefined
        return done
      }),
    'release/go-back': ({ target }) =>
      changing(target, (service) => {
        const id = `back-${String(++count)}`
        service.release = newRelease(service, { id, tag: 'earlier' })
        return ok({ release: releaseId(id) })
      }),
    'history/list': ({ target }) => on(target, (service) => ok(pastOf(service))),
    'history/differences': ({ target }) =>
      on(target, (service) => {
        const preview = previewOf(service, 'spec:\n')
        return ok(preview.kind === 'changes' ? preview.batches : [])
      }),
    'plan/save': ({ target, name, plan }) =>
      on(target, (service) => {
        service.plans = [...service.plans.filter((one) => one.name !== name), { name, plan }]
        return done
      }),
    'plan/remove': ({ target, name }) =>
      on(target, (service) => {
        service.plans = service.plans.filter((one) => one.name !== name)
        return done
      }),
    'pod/log': ({ target, pod }) =>
      on(target, (service) => ok({ lines: [`log of ${target.connection}/${service.name}/${pod}`] })),
    'pod/forward': () => failedInWords('not-supported', 'no port is opened here'),
    'pod/stop-forward': () => done,
    'training/speed': () => done,
    'training/reset': () => done,
  }
}
