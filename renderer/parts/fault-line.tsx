import type { Fault } from '../../shared/fault.ts'
import { useFaultText } from '../i18n/use-fault-text.ts'
import { rightsIn } from '../i18n/rights-in.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'
import { RightsLink } from './rights-link.tsx'
import { ServiceLink } from './service-link.tsx'

type FaultLineProps = {
  readonly fault: Fault
  /** Where the place says it better than the kind of fault. */
  readonly says?: { readonly what: string; readonly next: string }
  /** `none` where something around it says it aloud. */
  readonly role?: 'alert' | 'none'
  /** It is kept until this is pressed. */
  readonly onDismiss?: () => void
}

/** A fault where it happened: what, what to do, and the server's own words. */
export function FaultLine({ fault, says, role = 'alert', onDismiss }: FaultLineProps) {
  const { fault: words, note, draftChanges: moved } = useWords()
  const text = useFaultText()(fault)
  const language = useLanguage()
  const rights = fault.rights === undefined ? undefined : rightsIn[language](fault.rights, 'never')
  const { what, next } = rights === undefined ? (says ?? words[fault.code]) : { what: '', next: rights }
  return (
    <div className="fault-line" role={role}>
      <Icon name="fail" />
      <p>
        {what === '' ? null : <b>{what}</b>} {next}
        {fault.sizes?.map(({ name, number, from, to }) => (
          <span key={name} className="fault-detail">
            {moved.sizeMoved({ number, name, from, to })}
          </span>
        ))}
        {text === '' || fault.sizes !== undefined ? null : <span className="fault-detail mono">{text}</span>}
        {missesRight(fault) ? <RightsLink /> : null}
        {fault.elsewhere === undefined ? null : <ServiceLink {...fault.elsewhere} />}
      </p>
      {onDismiss === undefined ? null : (
        <button
          type="button"
          className="icon-button small"
          aria-label={note.dismiss}
          title={note.dismiss}
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}

function missesRight({ code }: Fault): boolean {
  return code === 'forbidden' || code === 'no-lock-right'
}
