import type { Fault, FaultCode } from '../../../shared/fault.ts'
import type { ExitCode } from './exit-code.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'

/** Why a command ends. What it was about has been said before; a fault and a wrong use are said at the end. */
export type Ending =
  | { readonly kind: 'exit'; readonly exit: ExitCode }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Refused by the terminal itself, in the person's language. */
  | { readonly kind: 'refused'; readonly code: FaultCode; readonly text: string }
  /** By `--timeout`: nothing has gone wrong that anybody knows of. */
  | { readonly kind: 'timed-out'; readonly text: string }
  | { readonly kind: 'usage'; readonly problem: UsageProblem }

export function exit(code: ExitCode): Ending {
  return { kind: 'exit', exit: code }
}
export function fault(why: Fault): Ending {
  return { kind: 'fault', fault: why }
}
export function refused(code: FaultCode, text: string): Ending {
  return { kind: 'refused', code, text }
}
export function usage(problem: UsageProblem): Ending {
  return { kind: 'usage', problem }
}

/** Either what was wanted, or the end of the command. */
export type OrEnding<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly ending: Ending }

export function endingAs(ending: Ending): { readonly ok: false; readonly ending: Ending } {
  return { ok: false, ending }
}
