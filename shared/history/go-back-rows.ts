import { asAt } from './as-at.ts'
import type { Uid } from '../ids.ts'
import { repositoryPath, splitImage } from '../k8s/image.ts'
import type { BatchHistory, HistoryView, Revision } from './history-view.ts'
import { tagsOf } from '../view/image-text.ts'

/** What going back begins with: one revision of one batch, the whole set as at a time, or as it was before a release or at its
 * end. */
export type GoBackWish =
  | { readonly kind: 'revision'; readonly batch: Uid; readonly digest: string }
  | { readonly kind: 'time'; readonly at: number }
  /** Only what is chosen by hand. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'before' | 'after'; readonly release: string }

/** By hand: the digest that a batch is to have; empty: it stays as it is. */
export type Choices = Readonly<Record<Uid, string>>

export type GoBackRow = {
  readonly batch: BatchHistory
  readonly pods: number
  /** What it runs now, and what it would go back to; without the latter it stays as it is. */
  readonly from: Revision | undefined
  readonly to: Revision | undefined
  /** Why it stays: nobody asked, it runs that already, or what it ran is not known. */
  readonly stays?: 'not-asked' | 'same' | 'before' | 'gap' | 'forgotten'
}

type Sizes = readonly { readonly uid: Uid; readonly desired: number }[]

export function goBackRows(
  history: HistoryView,
  wish: GoBackWish,
  { choices, sizes }: { readonly choices: Choices; readonly sizes: Sizes },
): readonly GoBackRow[] {
  return history.batches.map((batch) => {
    const of = (digest: string) => batch.revisions.find((one) => one.digest === digest)
    const row = {
      batch,
      pods: sizes.find((one) => one.uid === batch.batch)?.desired ?? 0,
      from: of(batch.digest),
    }
    const found = choiceOf(batch, choices) ?? wanted(history, batch, wish)
    if (found.kind === 'stays') return { ...row, to: undefined, stays: found.why }
    const to = of(found.digest)
    if (found.digest === batch.digest) return { ...row, to: undefined, stays: 'same' }
    // Nobody asks for a rollout that brings the same pods again: they were only restarted since. By hand one can.
    const restarted = choices[batch.batch] === undefined && wish.kind !== 'revision'
    if (restarted && to !== undefined && to.content === row.from?.content)
      return { ...row, to: undefined, stays: 'same' }
    return to === undefined ? { ...row, to, stays: 'forgotten' } : { ...row, to }
  })
}

type Wanted =
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'stays'; readonly why: 'not-asked' | 'before' | 'gap' | 'forgotten' }

function choiceOf({ batch }: BatchHistory, choices: Choices): Wanted | undefined {
  const digest = choices[batch]
  if (digest === undefined) return undefined
  return digest === '' ? { kind: 'stays', why: 'not-asked' } : { kind: 'digest', digest }
}

function wanted(history: HistoryView, batch: BatchHistory, wish: GoBackWish): Wanted {
  switch (wish.kind) {
    case 'revision':
      return wish.batch === batch.batch
        ? { kind: 'digest', digest: wish.digest }
        : { kind: 'stays', why: 'not-asked' }
    case 'nothing':
      return { kind: 'stays', why: 'not-asked' }
    case 'time': {
      const found = asAt(batch.timeline, wish.at)
      return found.kind === 'known'
        ? { kind: 'digest', digest: found.digest }
        : { kind: 'stays', why: found.why }
    }
    case 'before':
    case 'after': {
      const known = history.releases.find((one) => one.id === wish.release)?.[wish.kind]
      // A Deployment that was deleted and created anew is still the batch of this name.
      const found =
        known?.find((one) => one.batch === batch.batch) ?? known?.find((one) => one.name === batch.name)
      return found === undefined
        ? { kind: 'stays', why: 'forgotten' }
        : { kind: 'digest', digest: found.digest }
    }
  }
}

/**
 * Every batch to the last revision that ran the same images, from whatever registry it pulls; what has none keeps what
 * was chosen for it.
 */
export function sameImages(history: HistoryView, revision: Revision): Choices {
  const images = imagesKey(revision)
  const found = history.batches.flatMap(({ batch, revisions }) => {
    const same = revisions.find((one) => imagesKey(one) === images)
    return same === undefined ? [] : [[batch, same.digest] as const]
  })
  return Object.fromEntries(found)
}

function imagesKey({ images }: Revision): string {
  return JSON.stringify(
    images
      .map(({ container, image }) => {
        const { tag, digest } = splitImage(image)
        return [container, repositoryPath(image), tag, digest]
      })
      .sort(),
  )
}

export function versionText(revision: Revision | undefined): string {
  return revision === undefined ? '?' : tagsOf(revision.images.map(({ image }) => image))
}
