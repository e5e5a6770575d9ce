import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asksContainer,
  draftImages,
  draftInput,
  draftKind,
  draftVersion,
  keepsRepositories,
  referenceTexts,
} from '../../../../renderer/draft/draft-input.ts'
import type { DraftParts } from '../../../../renderer/draft/draft-input.ts'
import { createDraftStore } from '../../../../renderer/stores/draft.ts'
import { words as dictionaries } from '../../../../renderer/i18n/words.ts'
import { whyNot } from '../../../../renderer/draft/draft-texts.ts'
import { releaseId, uid } from '../../../../shared/ids.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { sizeOf } from '../../../../shared/view/sizes.ts'
import { newTag, repository } from '../../../visual/batch-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const view = pipelineStates.idle()
const onAll = (image: string, container = 'app') =>
  view.batches.map(({ uid: batch }) => ({ batch, container, image }))
const words = dictionaries.en
const nothing: DraftParts = createDraftStore().getState()

test('a tag becomes the whole reference in the repository that runs now', () => {
  const input = draftInput(view, { ...nothing, tag: ` ${newTag} ` })
  expect(input.change).toEqual({ kind: 'image', images: onAll(`${repository}:${newTag}`) })
  expect(draftKind(input)).toBe('change')
})

const byReference = { ...nothing, imageBy: 'reference', tag: newTag } as const

test('a whole reference that was typed wins over the tag', () => {
  const input = draftInput(view, { ...byReference, images: { app: 'other/demo:2' } })
  expect(input.change).toEqual({ kind: 'image', images: onAll('other/demo:2') })
})

test('the field that is shown counts: what the other one holds is kept, and not sent', () => {
  const input = draftInput(view, { ...nothing, tag: newTag, images: { app: 'other/demo:2' } })
  expect(input.change).toEqual({ kind: 'image', images: onAll(`${repository}:${newTag}`) })
})

test('an image field that was emptied sends nothing, whatever tag was typed before', () => {
  const emptied = { ...byReference, images: { app: '' } }
  expect(referenceTexts(view, emptied).get('app')).toBe('')
  expect(draftInput(view, emptied).change).toEqual({ kind: 'none' })
  expect(view.batches.map((batch) => draftVersion(emptied, batch))).toEqual(['', '', '', ''])
})

test('what the fields of the whole references show is what is sent, on every batch', () => {
  const words = fc.constantFrom('', ' ', newTag, 'v2', 'other/demo:2')
  const drafts = fc.record({
    imageBy: fc.constant('reference' as const),
    tag: words,
    container: fc.constantFrom('', 'app', 'side'),
    images: fc.dictionary(fc.constantFrom('app', 'side'), words),
  })
  const views = fc
    .array(fc.constantFrom('app', 'app side', 'side', 'app at other'), { minLength: 1, maxLength: 4 })
    .map((kinds) => ({
      ...view,
      batches: view.batches.slice(0, kinds.length).map((batch, index) => ({
        ...batch,
        images: (kinds[index] ?? 'app')
          .split(' ')
          .filter((name) => name === 'app' || name === 'side')
          .map((container) => ({
            container,
            image: `${kinds[index] === 'app at other' ? 'elsewhere' : 'here'}/${container}:1`,
            init: false,
          })),
      })),
    }))
  fc.assert(
    fc.property(views, drafts, (shown, draft) => {
      const texts = referenceTexts(shown, draft)
      const wished = draftImages(shown, draft)
      const sent = wished.kind === 'ask' ? [] : wished.images
      for (const { container, image } of sent) expect(texts.get(container)?.trim()).toBe(image)
      for (const [container, text] of texts)
        if (text.trim() !== '') expect(sent.some((one) => one.container === container)).toBe(true)
    }),
  )
})

test('sizes that were planned for a release are drawn over it, and sent with what takes its place', () => {
  const paused = pipelineStates.canary()
  const planned = {
    ...paused,
    batches: paused.batches.map((batch) =>
      batch.number === 3
        ? { ...batch, size: { kind: 'free', planned: 20 } as const }
        : batch.number === 4
          ? { ...batch, size: { kind: 'free', planned: 12 } as const }
          : batch,
    ),
  }
  const over = { ...nothing, over: paused.release?.id, tag: newTag }
  const input = draftInput(planned, over)
  expect(input.sizes.map(({ to }) => to)).toEqual([1, 16, 20, 12])
  expect(input.sizes.map(({ to }) => to)).toEqual(planned.batches.map((batch) => sizeOf(batch, {})))
})

test('sizes alone take no release’s place: they are set within the one that runs', () => {
  const running = pipelineStates.canary()
  const free = running.batches.map((batch) => ({ ...batch, size: { kind: 'free' } as const }))
  const parts = { ...nothing, over: running.release?.id, sizes: { 'uid-batch-3': 20, 'uid-batch-4': 12 } }
  const own = { ...running, batches: free }
  const input = draftInput(own, parts)
  expect(whyNot(own, { kind: 'report', report: { checks: [] } }, { input, parts, words })).toBe(
    words.release.nothingToDo,
  )
})

test('a batch that has begun since its size was dragged keeps the rest of the sizes from being sent', () => {
  const fixed = { kind: 'fixed', why: { kind: 'size-updating' } } as const
  const batches = view.batches.map((batch) => (batch.number === 2 ? { ...batch, size: fixed } : batch))
  const parts = { ...nothing, tag: newTag, sizes: { 'uid-batch-2': 4, 'uid-batch-3': 28 } }
  const own = { ...view, batches }
  const input = draftInput(own, parts)
  expect(whyNot(own, { kind: 'report', report: { checks: [] } }, { input, parts, words })).toBe(
    words.plan.sizesBegun('2'),
  )
})

test('the size of every batch is sent with what was seen of it, and is what is drawn', () => {
  const input = draftInput(view, { ...nothing, sizes: { 'uid-batch-2': 4, 'uid-batch-3': 16 } })
  expect(input.sizes).toEqual([
    { batch: 'uid-batch-1', from: 1, to: 1 },
    { batch: 'uid-batch-2', from: 16, to: 4 },
    { batch: 'uid-batch-3', from: 16, to: 16 },
    { batch: 'uid-batch-4', from: 16, to: 16 },
  ])
  expect(draftKind(input)).toBe('sizes')
})

test('saving the sizes only leaves the image out', () => {
  const both = { ...nothing, tag: newTag, sizes: { 'uid-batch-2': 4 } }
  expect(draftKind(draftInput(view, both))).toBe('both')
  expect(draftKind(draftInput(view, both, true))).toBe('sizes')
})

test('every batch gets a gate, by default a short bake and an approval', () => {
  const { steps } = draftInput(view, nothing)
  expect(steps).toHaveLength(4)
  expect(steps[0]?.gates).toMatchObject({ bakeSeconds: 30, approval: true })
})

test('an untouched draft is nothing to send', () => {
  expect(draftKind(draftInput(view, nothing))).toBe('nothing')
})

test('a restart needs nothing typed, and leaves out a tag that was typed before', () => {
  const input = draftInput(view, { ...nothing, kind: 'restart', tag: newTag })
  expect(input.change).toEqual({ kind: 'restart' })
  expect(draftKind(input)).toBe('change')
})

test('a template is sent with the batch in which it was edited', () => {
  const batch = uid('uid-batch-2')
  const drafted = { ...nothing, kind: 'template' } as const
  expect(draftKind(draftInput(view, drafted))).toBe('nothing')
  const template = { batch, text: 'spec: {}', base: 'before', answers: [], seen: [], added: 1, removed: 0 }
  expect(draftInput(view, { ...drafted, template }).change).toEqual({
    kind: 'template',
    base: 'before',
    answers: [],
    seen: [],
    batch,
    text: 'spec: {}',
  })
})

test('a draft takes the place only of the release over which it was opened', () => {
  const running = pipelineStates.canary()
  const over = running.release?.id
  expect(draftInput(running, { ...nothing, over }).supersedes).toEqual({ release: over, from: 'canary' })
  expect(draftInput(running, nothing).supersedes).toBeUndefined()
  const other = { ...nothing, over: releaseId('another') }
  expect(draftInput(running, other).supersedes).toBeUndefined()
  expect(draftInput(view, { ...nothing, over }).supersedes).toBeUndefined()
})

test('going on without a lock is sent only if a person has agreed', () => {
  expect(draftInput(view, nothing).withoutLock).toBeUndefined()
  expect(draftInput(view, { ...nothing, withoutLock: true }).withoutLock).toBe(true)
})

describe('with a sidecar that stands first', () => {
  const sidecar = { container: 'fluent-bit', image: 'obs/fluent-bit:3.1', init: false }
  const asking: PipelineView = {
    ...view,
    batches: view.batches.map((batch) => ({ ...batch, images: [sidecar, ...batch.images] })),
  }
  const typed = { ...nothing, tag: newTag }

  test('nothing is sent before a person has chosen the container, sizes that were dragged included', () => {
    const dragged = { ...typed, sizes: { 'uid-batch-2': 4 } }
    expect(asksContainer(asking, dragged)).toBe(true)
    expect(draftInput(asking, dragged).change).toEqual({ kind: 'none' })
    const why = whyNot(
      asking,
      { kind: 'nothing' },
      { input: draftInput(asking, dragged), parts: dragged, words },
    )
    expect(why).toBe(words.release.chooseContainer)
  })

  test('the one that was chosen gets the tag, and its version is what the card says', () => {
    const chosen = { ...typed, container: 'app' }
    expect(draftInput(asking, chosen).change).toEqual({
      kind: 'image',
      images: onAll(`${repository}:${newTag}`),
    })
    expect(asking.batches.map((batch) => draftVersion(chosen, batch))).toEqual(
      asking.batches.map(() => newTag),
    )
  })

  test('the annotation needs no choice', () => {
    const said = {
      ...asking,
      batches: asking.batches.map((batch) => ({ ...batch, defaultContainer: 'app' })),
    }
    expect(asksContainer(said, typed)).toBe(false)
    expect(draftInput(said, typed).change).toEqual({
      kind: 'image',
      images: onAll(`${repository}:${newTag}`),
    })
  })
})

test('each batch keeps its own repository, and what is typed whole is for all', () => {
  const [first, ...rest] = view.batches
  const moved = { container: 'app', image: 'eu.example:5000/team/app@sha256:ab', init: false }
  const mixed = {
    ...view,
    batches: [...(first === undefined ? [] : [{ ...first, images: [moved] }]), ...rest],
  }
  const { change } = draftInput(mixed, { ...nothing, tag: newTag })
  expect(change.kind === 'image' ? change.images.map((one) => one.image) : []).toEqual([
    `eu.example:5000/team/app:${newTag}`,
    ...rest.map(() => `${repository}:${newTag}`),
  ])
  expect(keepsRepositories(mixed, { ...nothing, tag: newTag })).toBe(true)
  expect(keepsRepositories(mixed, { ...nothing, tag: 'new.example/team/app:3' })).toBe(false)
  const whole = draftInput(mixed, { ...nothing, tag: 'new.example/team/app:3' }).change
  expect(whole).toEqual({ kind: 'image', images: onAll('new.example/team/app:3') })
})
