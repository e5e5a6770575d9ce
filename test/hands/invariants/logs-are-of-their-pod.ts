import { shownCluster, shownService } from '../shown-service.ts'
import type { Judge } from '../step.ts'
import { targetOf } from '../targeted.ts'

/** A log that is shown, or asked for, is of a pod of the Service that is looked at. */
export function logsAreOfTheirPod(): Judge {
  return ({ world, after }) => {
    const { place } = after.look.picture
    const cluster = shownCluster(world, place)?.id ?? ''
    const shown = [...after.look.text.matchAll(/log of ([\w-]+)\/([\w-]+)\//g)].filter(
      ([, connection, service]) => connection !== cluster || service !== place[2],
    )
    const asked = after.look.seen.flatMap((one) => {
      const target = one.kind === 'sent' ? targetOf(one.input) : undefined
      if (one.kind !== 'sent' || one.name !== 'pod/log' || target?.service === undefined) return []
      const { pod } = one.input as { readonly pod: string }
      const own = shownService(world, [place[0] ?? '', target.namespace ?? '', target.service])
      // Pods that are no more may be asked for, those of another Service not.
      const stem = target.service
      return own === undefined || pod.includes(stem) ? [] : [`the log of ${pod} is asked for at ${stem}`]
    })
    return [...shown.map(([text]) => `"${text}" stands at ${place.join(' / ')}`), ...asked]
  }
}
