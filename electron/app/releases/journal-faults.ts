import { failed, faultOf, sentenceOf, type Fault } from '../../../shared/fault.ts'

export function unreadableFault(newer: boolean): Fault {
  return faultOf('journal', { kind: newer ? 'journal-newer' : 'journal-unreadable' })
}

/** The server refused the Lease: what would be lost without it, and how to go on. */
export function noLockRight(fault: Fault): { readonly ok: false; readonly fault: Fault } {
  return failed('no-lock-right', { kind: 'without-lock', says: sentenceOf(fault) })
}
