import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Target } from '../../shared/contract.ts'
import type { Reply } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import { seenRelease, type SeenRelease } from '../../shared/view/seen-release.ts'
import type { Client, Ports } from './client.ts'
import type { Feeds } from './feeds.ts'
import type { Notes } from './notes.ts'
import type { UiStore } from './ui.ts'

/** Does verbs, whoever presses: a button, the palette, a key. */
export type Verbs = {
  /** Verbs that have been sent and not been answered, by their keys. */
  readonly store: StoreApi<Readonly<Record<string, true>>>
  /** Stop and roll back open their question and do nothing else; the others are sent at once. */
  run(verb: VerbView): void
}

type Parts = {
  readonly ports: Pick<Ports, 'client' | 'requestId'>
  readonly ui: UiStore
  readonly notes: Notes
  readonly pipeline: Feeds['pipeline']
}

type Shown = Pick<PipelineView, 'connection' | 'namespace' | 'service' | 'release'>

/** One verb of one release, about one batch or one gate: what is told of it stands under no other. */
export function verbKey(
  { connection, namespace, service, release }: Shown,
  { verb, step, batch }: VerbView,
): string {
  return JSON.stringify([connection, namespace, service.name, release?.id, verb, step ?? '', batch ?? ''])
}

export function createVerbs({ ports, ui, notes, pipeline }: Parts): Verbs {
  const store = createStore<Readonly<Record<string, true>>>(() => ({}))

  async function send(verb: VerbView, view: Shown & { readonly release: SeenOf }): Promise<void> {
    const key = verbKey(view, verb)
    // A second press before the answer is no second wish.
    if (store.getState()[key] === true) return
    store.setState({ [key]: true })
    notes.forget(key)
    const { connection, namespace, service } = view
    const target = { connection, namespace, service: service.name }
    const about = { request: ports.requestId(), target, ...seenRelease(view.release) }
    const reply = await call(ports.client, verb, about)
    const { [key]: _, ...others } = store.getState()
    store.setState(others, true)
    if (reply.ok) return
    const told = { kind: 'fault', fault: reply.fault } as const
    notes.add({ key, place: target, what: { kind: 'verb', verb }, told })
  }

  return {
    store,
    run(verb) {
      const { payload } = pipeline.getState()
      if (!verb.enabled || payload.kind !== 'view' || payload.view.release === undefined) return
      if (verb.verb === 'roll-back' || verb.verb === 'stop') ui.actions.open(verb.verb)
      else void send(verb, { ...payload.view, release: payload.view.release })
    },
  }
}

type SeenOf = NonNullable<PipelineView['release']>

function call(
  client: Client,
  { verb, step = 0, batch }: VerbView,
  about: { readonly request: string; readonly target: Target } & SeenRelease,
): Promise<Reply<null>> {
  switch (verb) {
    case 'approve':
      return client.call('release/approve', { ...about, step })
    case 'take-over':
      return client.call('release/take-over', about)
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      if (batch === undefined) throw new Error(`${verb} names no batch`)
      return client.call(`release/${verb}`, { ...about, batch })
    case 'pause':
    case 'resume':
    case 'freeze':
    case 'push-all':
    case 'stop':
      return client.call(`release/${verb}`, about)
    case 'roll-back':
      throw new Error('rolling back is asked for in its dialog')
  }
}
