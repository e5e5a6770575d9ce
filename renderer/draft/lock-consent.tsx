import type { Fault } from '../../shared/fault.ts'
import type { CheckWhat } from '../../shared/preflight/check.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { RightsLink } from '../parts/rights-link.tsx'
import { useDraft, useStores } from '../stores/store-context.tsx'
import type { CheckState } from './use-check.ts'

/** The Lease may not be written, for want of a right or by the word of an admission policy. */
function mayGoWithoutLock(what: CheckWhat): boolean {
  return what.kind === 'no-lease-right' || (what.kind === 'lock-refused' && what.forbidden)
}

type LockConsentProps = { readonly check: CheckState; readonly fault: Fault | undefined }

/** Leases may not be written: what is lost without a lock, and a person's word to go on all the same. */
export function LockConsent({ check, fault }: LockConsentProps) {
  const { change: words } = useWords()
  const { draft } = useStores()
  const agreed = useDraft((state) => state.withoutLock)
  const asked =
    fault?.code === 'no-lock-right' ||
    (check.kind === 'report' && check.report.checks.some(({ what }) => mayGoWithoutLock(what)))
  // Once agreed it stays, so that it can be taken back.
  if (!asked && !agreed) return null
  return (
    <section className="lock-consent" aria-label={words.lock.title}>
      <h3>
        <Icon name="unlock" />
        {words.lock.title}
      </h3>
      <p>
        {words.lock.text} <RightsLink />
      </p>
      <ul>
        {words.lock.lost.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <label>
        <input
          type="checkbox"
          checked={agreed}
          onChange={(event) => draft.getState().setWithoutLock(event.target.checked)}
        />
        {words.lock.agree}
      </label>
    </section>
  )
}
