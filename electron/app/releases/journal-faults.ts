import { failed, type Fault } from '../../../shared/fault.ts'
import { sayEnglish } from '../../../shared/words/sentences-en.ts'

export function unreadableFault(newer: boolean): Fault {
  return { code: 'journal', message: sayEnglish({ kind: newer ? 'journal-newer' : 'journal-unreadable' }) }
}

/** The server refused the Lease: what would be lost without it, and how to go on. */
export function noLockRight(fault: Fault): { readonly ok: false; readonly fault: Fault } {
  return failed(
    'no-lock-right',
    `Without the lock nobody else is kept from releasing at the same time, and the journal is on this machine only: a colleague can't see or take over the release. Start it without the lock, or ask for the right: ${fault.message}`,
  )
}
