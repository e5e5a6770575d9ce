import { failedInWords } from '../../shared/fault.ts'
import type { Notes } from '../../renderer/stores/notes.ts'
import type { Selection } from '../../renderer/stores/ui.ts'

/** What stays to be read after its place has gone: a fault, a late success, and a question whose subject went. */
export function addMessages(notes: Notes, place: Selection): void {
  const late = failedInWords('conflict', 'Another release has begun since. Look again.')
  notes.add({
    key: 'stop',
    place,
    what: { kind: 'command', name: 'release/stop' },
    told: { kind: 'fault', fault: late.fault },
  })
  notes.add({
    key: 'start',
    place: { ...place, service: 'payments-and-settlements-http' },
    what: { kind: 'command', name: 'release/start' },
    told: { kind: 'done' },
  })
  notes.add({
    key: 'roll-back',
    place: { ...place, connection: 'prod', service: undefined },
    what: { kind: 'dialog', dialog: 'roll-back' },
    told: { kind: 'closed' },
  })
}
