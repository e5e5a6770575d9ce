import type { BatchView } from '../../shared/view/batch-view.ts'
import type { IconName } from '../parts/icon.tsx'

/** The shape of a batch's state, at the corner of its card. */
export const batchIcons: Readonly<Record<BatchView['look'], IconName>> = {
  idle: 'idle',
  waiting: 'idle',
  rolling: 'roll',
  frozen: 'pause',
  baking: 'bake',
  approval: 'hand',
  done: 'done',
  skipped: 'skip',
  failing: 'fail',
  returning: 'back',
  returned: 'undo',
}
