import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uid } from '../../shared/ids.ts'
import { splitImage } from '../../shared/k8s/image.ts'
import { applicationContainer } from '../../shared/model/application-container.ts'
import { type BatchContainers } from '../../shared/model/container-lines.ts'
import { wishedImages } from '../../shared/model/wished-images.ts'

const names = ['app', 'fluent-bit', 'web-1', 'constructor', '2048'] as const
const image = fc
  .tuple(
    fc.constantFrom('', 'eu.example/', 'us.example:5000/', 'localhost:5000/'),
    fc.constantFrom('team/app', 'obs/fluent-bit', 'app'),
    fc.constantFrom('', ':1.0', ':1.0-arm64', `@sha256:${'a'.repeat(64)}`, `:1.0@sha256:${'b'.repeat(64)}`),
  )
  .map((parts) => parts.join(''))
const container = fc.record({ container: fc.constantFrom(...names), image, init: fc.boolean() })
const oneBatch = fc.record({
  images: fc.uniqueArray(container, { minLength: 1, maxLength: 4, selector: (one) => one.container }),
  name: fc.constantFrom('web-1', 'web-2'),
  says: fc.option(fc.constantFrom(...names), { nil: undefined }),
})
const batches = fc.array(oneBatch, { minLength: 1, maxLength: 4 }).map((all) =>
  all.map(({ images, name, says }, index): BatchContainers => ({
    uid: uid(`b${index}`),
    name,
    images,
    ...(says !== undefined && { defaultContainer: says }),
  })),
)
const hint = fc.record({ container: fc.constantFrom(...names), image }, { requiredKeys: [] })
const sorted = (all: readonly BatchContainers[]) =>
  all
    .toSorted((a, b) => (a.uid < b.uid ? 1 : -1))
    .map((batch) => ({
      ...batch,
      images: batch.images.toSorted((a, b) => (a.container < b.container ? 1 : -1)),
    }))

test('which container is the application never depends on what stands first, in a batch or among batches', () => {
  fc.assert(
    fc.property(batches, hint, (all, given) => {
      const [here, turned] = [applicationContainer(all, given), applicationContainer(sorted(all), given)]
      expect(turned.kind).toBe(here.kind)
      if (here.kind === 'known' && turned.kind === 'known')
        expect(new Map([...turned.containers].sort())).toEqual(new Map([...here.containers].sort()))
    }),
  )
})

test('a tag reaches one container of each batch that is there, and leaves it its repository', () => {
  fc.assert(
    fc.property(batches, fc.option(fc.constantFrom(...names), { nil: undefined }), (all, chosen) => {
      const wished = wishedImages(all, {
        named: [],
        version: '2.0',
        ...(chosen !== undefined && { container: chosen }),
      })
      if (wished.kind === 'ask') return
      expect(new Set(wished.images.map((one) => one.batch)).size).toBe(wished.images.length)
      for (const one of wished.images) {
        const now = all
          .find((batch) => batch.uid === one.batch)
          ?.images.find(({ container: name }) => name === one.container)
        expect(splitImage(one.image)).toEqual({
          repository: splitImage(now?.image ?? 'missing').repository,
          tag: '2.0',
          digest: '',
        })
      }
    }),
  )
})

test('without a word from a person every batch has its container or there is a question, and annotations hold', () => {
  fc.assert(
    fc.property(batches, (all) => {
      const found = applicationContainer(all)
      if (found.kind === 'ask') return
      // Every batch gets one, and none of an annotated batch gets another than its own.
      expect(found.containers.size).toBe(all.length)
      for (const batch of all) {
        const said = batch.images.find((one) => one.container === batch.defaultContainer)
        if (said !== undefined) expect(found.containers.get(batch.uid)).toBe(said.container)
      }
    }),
  )
})
