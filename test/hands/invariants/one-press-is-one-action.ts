import { changes } from '../targeted.ts'
import type { Judge } from '../step.ts'

/** A key that stays down has done what it does once: its repeats change nothing in a cluster. */
export function onePressIsOneAction(): Judge {
  return ({ after }) => {
    const sent = after.look.seen.flatMap((one) =>
      one.kind === 'sent' && one.press !== undefined && changes(one.name)
        ? [{ ...one, press: one.press }]
        : [],
    )
    const repeated = sent.filter((one) => one.press.repeat)
    const twice = sent.filter(
      (one, index) =>
        one.name !== 'kubeconfig/add' && sent.findIndex((other) => other.press.n === one.press.n) < index,
    )
    return [
      ...repeated.map((one) => `a key that was held on sent ${one.name} (${one.press.control})`),
      ...twice.map((one) => `one press sent a second command: ${one.name} (${one.press.control})`),
    ]
  }
}
