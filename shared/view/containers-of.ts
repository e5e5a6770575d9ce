import type { Json } from '../k8s/json.ts'
import type { BatchContainers } from '../model/container-lines.ts'
import type { Batch } from '../model/batch-set.ts'

/** What kubectl goes by where no container is named. */
const annotation = 'kubectl.kubernetes.io/default-container'

/** The containers of a batch, as the rule about the application's container looks at them. */
export function containersOf(
  batch: Pick<Batch, 'uid' | 'name' | 'template' | 'containers'>,
): BatchContainers {
  const said = at(at(at(batch.template, 'metadata'), 'annotations'), annotation)
  return {
    uid: batch.uid,
    name: batch.name,
    ...(typeof said === 'string' && said !== '' && { defaultContainer: said }),
    images: batch.containers.map(({ name, image, init }) => ({ container: name, image, init })),
  }
}

function at(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[key]
    : undefined
}
