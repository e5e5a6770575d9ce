import type { VerbName } from '../../shared/release/verbs.ts'
import type { IconName } from '../parts/icon.tsx'

export const verbIcons: Readonly<Record<VerbName, IconName>> = {
  approve: 'hand',
  pause: 'pause',
  resume: 'play',
  freeze: 'block',
  'push-all': 'all',
  retry: 'retry',
  skip: 'skip',
  adopt: 'done',
  restore: 'undo',
  stop: 'stop',
  'roll-back': 'undo',
  'take-over': 'hand',
}
