import type { Freshness } from '../../shared/model/freshness.ts'
import { releaseId } from '../../shared/ids.ts'
import { command } from '../../shared/release/command.ts'
import { type ReleaseCommand } from '../../shared/release/command-context.ts'
import { decide } from '../../shared/release/decide.ts'
import type { Observed } from '../../shared/release/observed.ts'
import type { Effect, EffectResult, Release } from '../../shared/release/release.ts'
import { settle } from '../../shared/release/settle/settle.ts'
import { buildBatchSet } from './build-batch.ts'
import { buildRelease } from './build-release.ts'
import { createToyCluster } from './toy-cluster.ts'

const live: Freshness = { kind: 'live' }

/** A release on the toy cluster, driven by hand. */
export function drive(sizes: readonly number[], parts: Parameters<typeof buildRelease>[1] = {}) {
  const cluster = createToyCluster(sizes)
  let release = buildRelease(buildBatchSet(cluster.batches()), parts)
  let now = 1000
  let service = true
  const done: Effect[] = []
  let answer: (effect: Effect) => EffectResult | undefined = () => undefined

  function observed(freshness: Freshness): Observed {
    return { freshness, service, batches: cluster.batches() }
  }
  function look(freshness: Freshness = live): readonly Effect[] {
    const decision = decide(release, observed(freshness), now)
    release = decision.release
    for (const effect of decision.effects) {
      done.push(effect)
      release = settle(release, effect, { result: answer(effect) ?? cluster.apply(effect), now })
    }
    return decision.effects
  }
  function wait(seconds: number): void {
    now += seconds * 1000
  }

  return {
    cluster,
    look,
    wait,
    give(wish: ReleaseCommand): ReturnType<typeof command> {
      const reply = command(release, wish, { observed: observed(live), by: 'li.wei', now })
      if (reply.ok) release = reply.value
      return reply
    },
    /** The cluster and the release go on until nothing moves of itself. */
    roll(): void {
      for (let wave = 0; wave < 6; wave++) {
        cluster.progress()
        look()
      }
    },
    bake(): void {
      wait(10)
      look()
    },
    /** Another release takes the place of this one. */
    supersede(next: Parameters<typeof buildRelease>[1], from: 'canary' | 'rest' = 'canary'): void {
      const set = buildBatchSet(cluster.batches())
      release = buildRelease(set, { id: releaseId('r2'), now, supersede: { release, from }, ...next })
    },
    /** What the cluster answers to some writes, instead of doing them. */
    answerBy(next: typeof answer): void {
      answer = next
    },
    loseService(isLost: boolean): void {
      service = !isLost
    },
    observed: () => observed(live),
    effects: done,
    release: (): Release => release,
    phases: () => release.batches.map((own) => own.phase.kind),
    names: () => done.map((effect) => `${effect.kind} ${effect.name}`),
  }
}

/** The canary is done, the second batch rolls, the third one waits. */
export function driveIntoSecond(parts: Parameters<typeof drive>[1] = {}): ReturnType<typeof drive> {
  const run = drive([1, 4, 4], { gates: { approval: false, bakeSeconds: 10 }, ...parts })
  run.look()
  run.roll()
  run.bake()
  if (run.phases().join() !== 'done,rolling,waiting') throw new Error(run.phases().join())
  return run
}
