import { assertNever } from '../../shared/assert-never.ts'
import type { Move } from './move.ts'
import { changePlan, goBack, press, sendUnoffered } from './press.ts'
import { startRelease } from './start-release.ts'
import { actAsStranger, mergePatch } from './stranger.ts'
import type { World } from './world.ts'

/** One move of the world. Where it makes no sense now, nothing happens. */
export async function play(world: World, move: Move): Promise<void> {
  switch (move.kind) {
    case 'start':
      startRelease(world, move)
      return
    case 'press':
      press(world, move)
      return
    case 'send':
      sendUnoffered(world, move)
      return
    case 'plan':
      changePlan(world, move)
      return
    case 'go-back':
      // Its answer needs the time that the next moves bring.
      void goBack(world, move)
      return
    case 'strange':
      actAsStranger(world.cluster, move)
      return
    case 'webhook':
      world.cluster.admit(move)
      return
    case 'trouble':
      world.trouble(move.who, move)
      return
    case 'skew':
      world.skew(move.ms)
      return
    case 'cut-watches':
      world.network.cutStreams()
      return
    case 'forget-history':
      world.cluster.training.hooks.compact()
      return
    case 'kill':
      world.kill(move.who)
      return
    case 'open':
      await world.open(move.who)
      return
    case 'jump':
      world.operator(move.who)?.jump(move.ms)
      return
    case 'sleep':
      world.operator(move.who)?.sleep(move.ms)
      return
    case 'lease': {
      const path = `/apis/coordination.k8s.io/v1/namespaces/demo/leases/tranche-${move.service}`
      if (move.act === 'delete') world.cluster.ask('DELETE', path)
      else
        world.cluster.ask('PATCH', path, {
          body: { metadata: { annotations: { 'tranche.dev/release': 'no journal' } } },
          contentType: mergePatch,
        })
      return
    }
    default:
      assertNever(move)
  }
}
