import type { GateLook } from '../../shared/view/gate-view.ts'
import type { GateView } from '../../shared/view/gate-view.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { usePipeline } from '../stores/store-context.tsx'

type Line = GateView['lines'][number]
type GateLineProps = { readonly line: Line; readonly stage: GateView['stage']; readonly now: number }

const icons: Readonly<Record<GateLook, IconName>> = {
  waiting: 'idle',
  open: 'check',
  blocked: 'block',
  yours: 'hand',
}

/** One condition of a gate: its shape, its sentence, and the time it has left or has waited. */
export function GateLine({ line, stage, now }: GateLineProps) {
  const { release: words } = useWords()
  const say = useSay()
  const side = useSide({ line, stage, now })
  const baking = line.gate === 'bake' && stage.kind === 'bake'
  return (
    <li className={`gate-${baking ? 'baking' : line.look}`}>
      <Icon name={baking ? 'bake' : icons[line.look]} />
      <span>
        {line.sentence.kind === 'gate-ready'
          ? words.newPodsReady
          : line.sentence.kind === 'gate-approval-later'
            ? words.approvalGate
            : say(line.sentence)}
      </span>
      {side === '' ? null : <em>{side}</em>}
    </li>
  )
}

function useSide({ line, stage, now }: GateLineProps): string {
  const { release: words } = useWords()
  const live = usePipeline((view) => view?.freshness.kind === 'live')
  const paused = usePipeline((view) => view?.release?.state === 'paused')
  const format = useFormat()
  if (line.gate === 'bake' && stage.kind === 'bake') {
    return words.left(format.duration((stage.until - now) / 1000))
  }
  if (line.gate === 'approval' && stage.kind === 'approval') {
    if (!live) return words.offWhileStale
    return words.waits(format.duration((now - stage.since) / 1000))
  }
  const { sentence } = line
  switch (sentence.kind) {
    case 'gate-ready':
      return sentence.excused === undefined
        ? words.ofAll(sentence.ready, sentence.desired)
        : words.ofAllBut(sentence.ready, sentence.desired, sentence.excused)
    case 'gate-bake':
      return stage.kind === 'blocked' ? words.offWhileHeld : words.notStarted
    case 'gate-approval-later':
      if (!live) return words.offWhileStale
      if (paused) return words.offWhilePaused
      return stage.kind === 'blocked' ? words.offWhileHeld : words.afterTheBake
    default:
      return ''
  }
}
