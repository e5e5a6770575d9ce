import { useId, useState } from 'react'
import type { Check, CheckLevel } from '../../shared/preflight/check.ts'
import { countChecks, sayCheck } from '../../shared/preflight/check-words.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { RightsLink } from '../parts/rights-link.tsx'
import { ServiceLink } from '../parts/service-link.tsx'
import type { IconName } from '../parts/icon.tsx'
import type { CheckState } from './use-check.ts'
import { useDraftPlan } from './draft-plan.tsx'
import { FoldingSection } from '../parts/section.tsx'
import { useShortWindow } from '../parts/use-short-window.ts'

const icons: Readonly<Record<CheckLevel, IconName>> = {
  ok: 'check',
  info: 'info',
  warning: 'warn',
  blocker: 'block',
}
/** What stops comes first; what is fine stands folded below. */
const shown: readonly CheckLevel[] = ['blocker', 'warning', 'info']

/** What was checked before the start, what stops it first. In a low window it folds to its counts. */
export function Preflight() {
  const words = useWords()
  const { check } = useDraftPlan()
  const short = useShortWindow()
  const urgent = check.kind === 'report' && check.report.checks.some((one) => one.level === 'blocker')
  return (
    <FoldingSection
      key={`${String(short)}-${String(urgent)}`}
      title={words.release.preflight}
      side={side(check, words)}
      open={!short || urgent}
    >
      <CheckList check={check} />
    </FoldingSection>
  )
}

function side(check: CheckState, words: Words): string {
  if (check.kind === 'checking') return words.release.preflightBusy
  return check.kind === 'report' ? words.check.counts(countChecks(check.report.checks)) : ''
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
      const of = (level: CheckLevel) => check.report.checks.filter((one) => one.level === level)
      return (
        <div className="checks">
          {shown.map((level) => (
            <CheckGroup key={level} level={level} checks={of(level)} />
          ))}
          <PassedChecks checks={of('ok')} />
        </div>
      )
    }
  }
}

type GroupProps = { readonly level: CheckLevel; readonly checks: readonly Check[] }

function CheckGroup({ level, checks }: GroupProps) {
  const { check: words } = useWords()
  if (checks.length === 0) return null
  return (
    <ul aria-label={words.level[level]}>
      {checks.map((one, index) => (
        <CheckLine key={index} check={one} />
      ))}
    </ul>
  )
}

/** What is fine takes one line with its count; a click shows what that was. */
function PassedChecks({ checks }: { readonly checks: readonly Check[] }) {
  const { check: words } = useWords()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  if (checks.length === 0) return null
  return (
    <>
      <button
        type="button"
        className="checks-passed check-ok"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="check" />
        {words.passed(checks.length)}
        <Icon name={isOpen ? 'up' : 'down'} />
      </button>
      <div id={id} hidden={!isOpen}>
        <CheckGroup level="ok" checks={checks} />
      </div>
    </>
  )
}

function CheckLine({ check }: { readonly check: Check }) {
  const { check: words } = useWords()
  return (
    <li className={`check-${check.level}`}>
      <Icon name={icons[check.level]} />
      <span>
        <span className="sr">{words.level[check.level]}: </span>
        {sayCheck(words, check.what)}
        {check.what.kind === 'permission' || check.what.kind === 'no-lease-right' ? <RightsLink /> : null}
        {check.what.kind === 'held-elsewhere' ? <ServiceLink service={check.what.service} /> : null}
      </span>
    </li>
  )
}
