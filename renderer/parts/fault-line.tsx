import type { Fault } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'
import { RightsLink } from './rights-link.tsx'

/** A fault where it happened: what, what to do, and the server's own words. */
export function FaultLine({ fault }: { readonly fault: Fault }) {
  const { fault: words } = useWords()
  const { what, next } = words[fault.code]
  return (
    <div className="fault-line" role="alert">
      <Icon name="fail" />
      <p>
        <b>{what}</b> {next}
        {fault.message === '' ? null : <span className="fault-detail mono">{fault.message}</span>}
        {missesRight(fault) ? <RightsLink /> : null}
      </p>
    </div>
  )
}

function missesRight({ code }: Fault): boolean {
  return code === 'forbidden' || code === 'no-lock-right'
}
