import { targetOf } from '../targeted.ts'
import type { Judge } from '../step.ts'

/** What a press sends goes to the cluster, the namespace and the Service whose names stood on the screen. */
export function commandsGoWhereItIsShown(): Judge {
  return ({ after, world }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined) return []
      const { place } = one.press.picture
      const [clusterName, namespace, service] = place
      const cluster = world.clusters.find((known) => (known.alias ?? known.name) === clusterName)
      const target = targetOf(one.input)
      if (target === undefined || cluster === undefined) return []
      const { connection, ...rest } = target
      const wrong =
        (connection !== cluster.id && !isAbout(one.press.picture.dialog?.text, world, connection)) ||
        (rest.namespace !== undefined && rest.service !== undefined && rest.namespace !== namespace) ||
        (rest.service !== undefined && rest.service !== service)
      return wrong ? [`${one.name} goes to ${JSON.stringify(one.input)}, shown was ${place.join(' / ')}`] : []
    })
}

/** A dialog about all clusters names the one that it acts on. */
function isAbout(
  text: string | undefined,
  world: {
    readonly clusters: readonly {
      readonly id: string
      readonly name: string
      readonly alias: string | undefined
    }[]
  },
  connection: string,
): boolean {
  const own = world.clusters.find((one) => one.id === connection)
  return text !== undefined && own !== undefined && text.includes(own.alias ?? own.name)
}
