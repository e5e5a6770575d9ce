import type { Check, CheckLevel } from '../../shared/contract.ts'
import { sayCheck } from '../../shared/view/check-words.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import type { CheckState } from './use-check.ts'
import { useDraftPlan } from './draft-plan.tsx'
import { FoldingSection } from './section.tsx'
import { useShortWindow } from './use-short-window.ts'

const icons: Readonly<Record<CheckLevel, IconName>> = { ok: 'check', warning: 'warn', blocker: 'block' }
const weight: Readonly<Record<CheckLevel, number>> = { blocker: 0, warning: 1, ok: 2 }

/** What was checked before the start, what stops it first. In a low window it folds to its counts. */
export function Preflight() {
  const { release: words } = useWords()
  const { check } = useDraftPlan()
  const short = useShortWindow()
  const urgent = check.kind === 'report' && check.report.checks.some((one) => one.level === 'blocker')
  return (
    <FoldingSection
      key={`${String(short)}-${String(urgent)}`}
      title={words.preflight}
      side={side(check, words)}
      open={!short || urgent}
    >
      <CheckList check={check} />
    </FoldingSection>
  )
}

function side(check: CheckState, words: Words['release']): string {
  if (check.kind === 'checking') return words.preflightBusy
  if (check.kind !== 'report') return ''
  const count = (level: CheckLevel) => check.report.checks.filter((one) => one.level === level).length
  return words.preflightCounts(count('ok'), count('warning'), count('blocker'))
}

function CheckList({ check }: { readonly check: CheckState }) {
  const { release: words } = useWords()
  switch (check.kind) {
    case 'nothing':
      return <p className="dim small-text">{words.preflightEmpty}</p>
    case 'checking':
      return <p className="dim small-text">{words.preflightBusy}</p>
    case 'fault':
      return <FaultLine fault={check.fault} />
    case 'report': {
      const sorted = check.report.checks.toSorted((a, b) => weight[a.level] - weight[b.level])
      return (
        <ul className="checks">
          {sorted.map((one, index) => (
            <CheckLine key={index} check={one} />
          ))}
        </ul>
      )
    }
  }
}

function CheckLine({ check }: { readonly check: Check }) {
  const { check: words, release } = useWords()
  return (
    <li className={`check-${check.level}`}>
      <Icon name={icons[check.level]} />
      <span>
        <span className="sr">{release.level[check.level]}: </span>
        {sayCheck(words, check.what)}
      </span>
    </li>
  )
}
