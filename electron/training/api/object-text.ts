import type { KubeObject } from '../objects/objects.ts'

/** JSON text of stored objects, made once per version: a list of 1,000 pods is then a join of strings. */
export type ObjectText = {
  whole(object: KubeObject): string
  /** As in a list: without kind and apiVersion. */
  item(object: KubeObject): string
}

export function createObjectText(): ObjectText {
  const texts = new WeakMap<KubeObject, string>()

  function whole(object: KubeObject): string {
    const known = texts.get(object)
    if (known !== undefined) return known
    const { kind, apiVersion, ...rest } = object
    const text = JSON.stringify({ kind, apiVersion, ...rest })
    texts.set(object, text)
    return text
  }

  return {
    whole,
    item(object) {
      const head = `{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(object.apiVersion)},`
      return `{${whole(object).slice(head.length)}`
    },
  }
}
