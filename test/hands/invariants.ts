import { commandsGoWhereItIsShown } from './invariants/commands-go-where-it-is-shown.ts'
import { noBrokenPart } from './invariants/no-broken-part.ts'
import { noExceptions } from './invariants/no-exceptions.ts'
import type { Invariant } from './step.ts'

export const invariants: Readonly<Record<string, Invariant>> = {
  'no exceptions': noExceptions,
  'no broken part': noBrokenPart,
  'commands go where it is shown': commandsGoWhereItIsShown,
}
