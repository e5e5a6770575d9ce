import type { Fault } from '../../shared/fault.ts'
import { useKubeconfigSentence } from '../i18n/use-kubeconfig-sentence.ts'
import { rightsIn } from '../i18n/rights-in.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'
import { RightsLink } from './rights-link.tsx'
import { ServiceLink } from './service-link.tsx'

type FaultLineProps = {
  readonly fault: Fault
  /** Where the place says it better than the kind of fault. */
  readonly says?: { readonly what: string; readonly next: string }
}

/** A fault where it happened: what, what to do, and the server's own words. */
export function FaultLine({ fault, says }: FaultLineProps) {
  const { fault: words } = useWords()
  const said = useKubeconfigSentence()
  const language = useLanguage()
  const rights = fault.rights === undefined ? undefined : rightsIn[language](fault.rights, 'never')
  const { what, next } = rights === undefined ? (says ?? words[fault.code]) : { what: '', next: rights }
  return (
    <div className="fault-line" role="alert">
      <Icon name="fail" />
      <p>
        {what === '' ? null : <b>{what}</b>} {next}
        {fault.message === '' ? null : <span className="fault-detail mono">{said(fault.message)}</span>}
        {missesRight(fault) ? <RightsLink /> : null}
        {fault.elsewhere === undefined ? null : <ServiceLink {...fault.elsewhere} />}
      </p>
    </div>
  )
}

function missesRight({ code }: Fault): boolean {
  return code === 'forbidden' || code === 'no-lock-right'
}
