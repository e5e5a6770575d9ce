import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import type { Gates } from '../../shared/release/plan.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { gatesOf } from './draft-input.ts'
import { FoldingSection, Section } from './section.tsx'

const mostBakeSeconds = 86_400

/** One line per gate: how long to bake and whether a person has to say yes. */
export function GateEditor() {
  const { release: words } = useWords()
  const view = usePipeline((one) => one)
  const gates = useDraft((state) => state.gates)
  const draft = useDraft((state) => state)
  if (view === undefined) return null
  if (view.batches.length < 2) {
    return (
      <Section title={words.gates}>
        <p className="dim">{words.oneBatch}</p>
      </Section>
    )
  }
  const plan = view.batches.map((batch) => gatesOf(draft, batch))
  return (
    <FoldingSection title={words.gates} side={summary(plan, words)} open={Object.keys(gates).length > 0}>
      <ul className="gate-editor">
        {view.batches.map((batch, index) => (
          <GateRow key={batch.uid} batch={batch} gates={gatesOf(draft, batch)} last={isLast(view, index)} />
        ))}
      </ul>
    </FoldingSection>
  )
}

function isLast(view: PipelineView, index: number): boolean {
  return index === view.batches.length - 1
}

/** The last batch has no next one, so its approval does not count. */
function summary(plan: readonly Gates[], words: Words['release']): string {
  const approvals = plan.slice(0, -1).filter((gates) => gates.approval).length
  const bakes = new Set(plan.map((gates) => gates.bakeSeconds))
  const [only = 0] = bakes
  return bakes.size === 1 ? words.gatesAll(only, approvals) : words.gatesMixed(approvals)
}

type GateRowProps = { readonly batch: BatchView; readonly gates: Gates; readonly last: boolean }

function GateRow({ batch, gates, last }: GateRowProps) {
  const { release: words } = useWords()
  const { draft } = useStores()
  const change = (part: Partial<Gates>) => draft.getState().setGates(batch.uid, { ...gates, ...part })
  return (
    <li>
      <span>{words.gateAfter(batch.number)}</span>
      <label>
        {words.bake}
        <input
          className="number-field"
          type="number"
          inputMode="numeric"
          min={0}
          max={mostBakeSeconds}
          step={1}
          value={gates.bakeSeconds}
          aria-label={words.bakeSeconds(batch.number)}
          onChange={(event) => {
            const seconds = event.target.valueAsNumber
            if (Number.isInteger(seconds) && seconds >= 0 && seconds <= mostBakeSeconds)
              change({ bakeSeconds: seconds })
          }}
        />
        {words.seconds}
      </label>
      {last ? (
        <span />
      ) : (
        <label>
          <input
            type="checkbox"
            checked={gates.approval}
            aria-label={words.approvalAfter(batch.number)}
            onChange={(event) => change({ approval: event.target.checked })}
          />
          {words.approval}
        </label>
      )}
    </li>
  )
}
