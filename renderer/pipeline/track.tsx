import type { GateView, PipelineView } from '../../shared/model/pipeline.ts'
import { duration } from '../i18n/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon, type IconName } from '../parts/icon.tsx'
import { useAppNow } from '../stores/store-context.tsx'

/** A station per batch, and between two of them the gate. */
export function Track({ view }: { readonly view: PipelineView }) {
  return (
    <div className="track">
      {view.batches.map((batch, index) => (
        <div className="track-cell" key={batch.uid}>
          <span className={`station is-${batch.look}`} aria-hidden="true">
            {batch.number}
          </span>
          {index < view.batches.length - 1 ? (
            <GateChip gate={view.release?.gates[index]} after={batch.number} />
          ) : null}
        </div>
      ))}
    </div>
  )
}

function GateChip({ gate, after }: { readonly gate: GateView | undefined; readonly after: number }) {
  const { pipeline } = useWords()
  const now = useAppNow()
  const { icon, text, look } = chip()
  return (
    <span className={`gate-chip is-${look}`} role="img" aria-label={pipeline.gateAfter(after, text)}>
      <Icon name={icon} />
      {text}
    </span>
  )

  function chip(): { readonly icon: IconName; readonly text: string; readonly look: string } {
    const asks = gate === undefined || gate.spec.approval
    const plain = {
      icon: asks ? 'hand' : 'bake',
      text: asks ? pipeline.approval : pipeline.bake,
      look: 'next',
    } as const
    if (gate === undefined) return plain
    const { stage } = gate
    switch (stage.kind) {
      case 'next':
        return plain
      case 'ready':
        return { icon: 'roll', text: pipeline.readyOf(stage.ready, stage.desired), look: 'active' }
      case 'bake': {
        const left = Math.max(0, Math.ceil((stage.until - now) / 1000))
        return { icon: 'bake', text: pipeline.bakeLeft(duration(left)), look: 'active' }
      }
      case 'approval':
        return { icon: 'hand', text: pipeline.approval, look: 'yours' }
      case 'passed':
        return { icon: 'check', text: pipeline.passed, look: 'passed' }
      case 'blocked':
        return { icon: 'block', text: pipeline.blocked, look: 'blocked' }
    }
  }
}
