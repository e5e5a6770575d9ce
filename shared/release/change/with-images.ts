import type { Json, JsonObject } from '../../k8s/json.ts'
import { imageOf, type ContainerImage } from '../../model/batch-images.ts'

/** A pod template with other images: what `kubectl set image` would make of it. Unknown containers change nothing. */
export function withImages(template: JsonObject, images: readonly ContainerImage[]): JsonObject {
  const spec = template['spec']
  if (!isObject(spec)) return template
  return {
    ...template,
    spec: {
      ...spec,
      ...(Array.isArray(spec['containers']) && { containers: replaced(spec['containers'], images) }),
      ...(Array.isArray(spec['initContainers']) && {
        initContainers: replaced(spec['initContainers'], images),
      }),
    },
  }
}

function replaced(containers: readonly Json[], images: readonly ContainerImage[]): readonly Json[] {
  return containers.map((container) => {
    if (!isObject(container) || typeof container['name'] !== 'string') return container
    const image = imageOf(images, container['name'])
    return image === undefined ? container : { ...container, image }
  })
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
