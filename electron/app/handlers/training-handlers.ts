import { failed, ok } from '../../../shared/fault.ts'
import { bounds } from '../../cluster/requests/bounds.ts'
import type { Acts } from '../command-handlers.ts'

import type { HandlerOptions } from './handler-options.ts'

/** The clock of the practice cluster. */
export function trainingHandlers({
  training,
  clusters,
}: HandlerOptions): Pick<Acts, 'training/speed' | 'training/reset'> {
  return {
    'training/speed': async ({ factor }) => {
      if (training === undefined) return failed('not-found', { kind: 'no-training' })
      training.setSpeed(factor)
      // How fast a cluster's time goes is heard with its answers, and nobody may ask it anything for a while.
      await clusters.get(training.connection)?.api.version(bounds.read)
      return ok(null)
    },
    'training/reset': () => {
      if (training === undefined) return Promise.resolve(failed('not-found', { kind: 'no-training' }))
      training.reset()
      return Promise.resolve(ok(null))
    },
  }
}
