import { describe, expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Json } from '../../../../shared/k8s/json.ts'
import { readDeployment } from '../../../../shared/k8s/read-workloads.ts'
import type { BatchContainers } from '../../../../shared/model/container-lines.ts'
import { wishedImages, type ImageWish } from '../../../../shared/model/wished-images.ts'
import { containersOf } from '../../../../shared/view/containers-of.ts'
import { readCase } from '../../../support/apply-case.ts'

const batchesOf = (name: string): readonly BatchContainers[] =>
  readCase(name).flatMap((object) => {
    if (object['kind'] !== 'Deployment') return []
    const deployment = readDeployment(withUid(object) as Json)
    return deployment === undefined ? [] : [containersOf({ ...deployment, ...deployment.meta })]
  })
const withUid = (object: object): object => {
  const metadata = 'metadata' in object ? (object.metadata as { readonly name: string }) : { name: '' }
  return { ...object, metadata: { ...metadata, uid: metadata.name, namespace: 'demo' } }
}
const wished = (batches: readonly BatchContainers[], wish: Partial<ImageWish>) => {
  const found = wishedImages(batches, { named: [], ...wish })
  return found.kind === 'ask'
    ? found
    : found.images.map((one) => `${one.batch} ${one.container} ${one.image}`)
}

describe('what a wish means for each batch', () => {
  test('a tag keeps the repository of every batch', () => {
    expect(wished(batchesOf('two-registries'), { version: '2.0' })).toEqual([
      'app-1 app eu.registry.example/team/app:2.0',
      'app-2 app us.registry.example/team/app:2.0',
      'app-3 app us.registry.example/team/app:2.0',
    ])
  })

  test('a reference that is given whole is the same for all', () => {
    expect(wished(batchesOf('two-registries'), { whole: 'new.example:5000/team/app:2.0' })).toEqual(
      ['app-1', 'app-2', 'app-3'].map((name) => `${name} app new.example:5000/team/app:2.0`),
    )
  })

  test('a tag changes the container that the annotation names, and not the first one', () => {
    expect(wished(batchesOf('wrong-container'), { version: '2.0' })).toEqual([
      'web-1 app registry.example:5000/team/app:2.0',
      'web-2 app registry.example:5000/team/app:2.0',
    ])
  })

  test('an image without a tag gets one behind its registry with a port', () => {
    expect(wished(batchesOf('no-tag'), { version: '2.0' })).toEqual([
      'notag-1 app localhost:5000/team/app:2.0',
      'notag-2 app localhost:5000/team/app:2.0',
    ])
  })

  test('a digest in the place of a tag pins each batch in its own repository', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    expect(wished(batchesOf('two-registries'), { version: digest })[0 as never]).toBe(
      `app-1 app eu.registry.example/team/app@${digest}`,
    )
  })

  test('a name is stronger than a tag, and holds for every batch', () => {
    const named = [{ container: 'fluent-bit', image: 'obs/fluent-bit:4' }]
    expect(wished(batchesOf('wrong-container'), { named })).toEqual([
      'web-1 fluent-bit obs/fluent-bit:4',
      'web-2 fluent-bit obs/fluent-bit:4',
    ])
  })

  test('a batch that takes no part does not make a question of what is clear for the others', () => {
    const image = (container: string, text: string) => ({ container, image: text, init: false })
    const one: BatchContainers = { uid: uid('a'), name: 'a', images: [image('app', 'team/app:1')] }
    const odd: BatchContainers = {
      uid: uid('b'),
      name: 'b',
      images: [image('x', 'team/x:1'), image('y', 'team/y:1')],
    }
    expect(wishedImages([one, odd], { named: [], version: '2' }).kind).toBe('ask')
    expect(wishedImages([one, odd], { named: [], version: '2' }, (batch) => batch !== odd)).toEqual({
      kind: 'images',
      images: [{ batch: 'a', container: 'app', image: 'team/app:2' }],
    })
  })
})
