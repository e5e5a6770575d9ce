import type { Uid } from '../ids.ts'
import { repositoryPath } from '../k8s/image.ts'

/** What is known of a batch where its containers are concerned: the same for a Deployment and for what is drawn of it. */
export type BatchContainers = {
  readonly uid: Uid
  /** Of the Deployment. */
  readonly name: string
  /** Annotation kubectl.kubernetes.io/default-container of the pod template. */
  readonly defaultContainer?: string
  /** In the order of the template; `init`: an init container, or a sidecar that is written as one. */
  readonly images: readonly { readonly container: string; readonly image: string; readonly init: boolean }[]
}

/** Containers of several batches that are the same thing: batch -> their names in it. */
export type ContainerLine = ReadonlyMap<Uid, readonly string[]>

/** Groups the main containers of batches by name and by repository: what shares either is one line. */
export function containerLines(batches: readonly BatchContainers[]): readonly ContainerLine[] {
  let groups: readonly Group[] = []
  for (const { uid, images } of batches)
    for (const { container, image, init } of images) {
      if (init) continue
      const keys = [`name ${container}`, `repository ${repositoryPath(image)}`]
      const own: Group = { keys, members: [{ uid, container }] }
      const touching = groups.filter((group) => group.keys.some((key) => keys.includes(key)))
      groups = [...groups.filter((group) => !touching.includes(group)), [...touching, own].reduce(joined)]
    }
  return groups.map(({ members }) => {
    const line = new Map<Uid, readonly string[]>()
    for (const { uid, container } of members) line.set(uid, [...(line.get(uid) ?? []), container])
    return line
  })
}

type Group = {
  readonly keys: readonly string[]
  readonly members: readonly { readonly uid: Uid; readonly container: string }[]
}

function joined(a: Group, b: Group): Group {
  return { keys: [...a.keys, ...b.keys], members: [...a.members, ...b.members] }
}
