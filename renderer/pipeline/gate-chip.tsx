import { memo } from 'react'
import type { GateView } from '../../shared/view/gate-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { duration } from '../i18n/format.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { gatesOf } from '../draft/draft-input.ts'
import { useClusterNow, useDraft } from '../stores/store-context.tsx'

type GateChipProps = {
  /** Absent for a release that is only drafted. */
  readonly gate: GateView | undefined
  readonly batch: BatchView
  /** The gate after the last batch leads nowhere; one that is left out has none. */
  readonly role: 'leads' | 'last' | 'left-out'
  /** Beside a folded batch there is room for a tick or a bar only. */
  readonly small: boolean
  readonly at: number
}

/** What stands between a batch and the next one, with its live value. */
export const GateChip = memo(function GateChip(props: GateChipProps) {
  const { gate } = props
  if (gate?.stage.kind === 'bake') return <BakeChip {...props} until={gate.stage.until} />
  return <StillChip {...props} />
})

function BakeChip({ until, ...props }: GateChipProps & { readonly until: number }) {
  const { pipeline } = useWords()
  const now = useClusterNow()
  const left = duration(Math.max(0, Math.ceil((until - now) / 1000)))
  return <Chip {...props} chip={{ icon: 'bake', text: pipeline.bakeLeft(left), look: 'active' }} />
}

function StillChip(props: GateChipProps) {
  const { pipeline, plan } = useWords()
  const drafted = useDraft((draft) => gatesOf(draft, props.batch))
  const { gate, role } = props
  if (role === 'left-out')
    return <Chip {...props} chip={{ icon: 'skip', text: plan.leftOut, look: 'next' }} />
  const skipped = gate !== undefined && props.batch.look === 'skipped'
  const spec = {
    ...(gate?.spec ?? drafted),
    ...(skipped && { approval: true }),
    ...(role === 'last' && { approval: false }),
  }
  return (
    <Chip
      {...props}
      chip={gate === undefined ? toCome(spec, pipeline) : chipOf({ ...gate, spec }, pipeline)}
    />
  )
}

type ChipFace = { readonly icon: IconName; readonly text: string; readonly look: string }

function Chip({ chip, batch, small, at }: GateChipProps & { readonly chip: ChipFace }) {
  const { pipeline } = useWords()
  return (
    <span
      className={`gate-chip is-${chip.look} ${small ? 'is-small' : ''}`}
      role="img"
      aria-label={pipeline.gateAfter(batch.number, chip.text)}
      title={small ? chip.text : undefined}
      style={{ left: at }}
    >
      <Icon name={chip.icon} />
      <span>{chip.text}</span>
    </span>
  )
}

function chipOf({ stage, spec }: Pick<GateView, 'stage' | 'spec'>, words: Words['pipeline']): ChipFace {
  switch (stage.kind) {
    case 'next':
    case 'bake':
      return toCome(spec, words)
    case 'ready':
      return { icon: 'roll', text: words.readyOf(stage.ready, stage.desired), look: 'active' }
    case 'approval':
      return { icon: 'hand', text: words.approval, look: 'yours' }
    case 'passed':
      return { icon: 'check', text: words.passed, look: 'passed' }
    case 'blocked':
      return { icon: 'block', text: words.blocked, look: 'blocked' }
  }
}

function toCome(spec: GateView['spec'], words: Words['pipeline']): ChipFace {
  if (spec.approval) return { icon: 'hand', text: words.approval, look: 'next' }
  return spec.bakeSeconds > 0
    ? { icon: 'bake', text: words.bakeFor(duration(spec.bakeSeconds)), look: 'next' }
    : { icon: 'right', text: words.noGate, look: 'next' }
}
