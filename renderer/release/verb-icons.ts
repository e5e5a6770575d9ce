import type { VerbName } from '../../shared/model/pipeline.ts'
import type { IconName } from '../parts/icon.tsx'

export const verbIcons: Readonly<Record<VerbName, IconName>> = {
  approve: 'hand',
  pause: 'pause',
  resume: 'play',
  'push-all': 'all',
  stop: 'stop',
  'roll-back': 'undo',
  'take-over': 'hand',
}
