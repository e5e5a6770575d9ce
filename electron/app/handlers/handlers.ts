import { guardChanges } from '../guard-changes.ts'
import type { Handlers } from '../command-handlers.ts'

import { clusterHandlers } from './cluster-handlers.ts'
import type { HandlerOptions } from './handler-options.ts'
import { lookingHandlers } from './looking-handlers.ts'
import { steeringHandlers } from './steering-handlers.ts'
import { trainingHandlers } from './training-handlers.ts'

/**
 * All commands, each refused where it may not be given. One short function per command: what it means is decided in
 * shared/, what it does below app/.
 */
export function createHandlers(options: HandlerOptions): Handlers {
  return guardChanges(
    {
      ...clusterHandlers(options),
      ...lookingHandlers(options),
      ...steeringHandlers(options),
      ...trainingHandlers(options),
    },
    options,
  )
}
