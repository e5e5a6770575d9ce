import { isUntouched, type Remains } from '../release/remains.ts'
import type { Sentence, VersionGroup } from '../release/sentence.ts'
import type { SentenceWords } from './sentence-words.ts'
import { batches, capital, remainsText } from './verb-words-en.ts'

type Ended =
  | 'release-done'
  | 'resize-done'
  | 'release-stopped'
  | 'release-rolled-back'
  | 'release-restored'
  | 'release-superseded'
  | 'release-rolled-back-in-part'

/** How a release has ended. What is said of a batch stands in the facts of the sentence, for that batch. */
export const endingWordsEn: Pick<SentenceWords, Ended> = {
  'release-done': released,
  'resize-done': (s) => resized(s.has, s.moved),
  'release-stopped': (s) => `Stopped: ${remainsText(s.remains)}`,
  'release-rolled-back': (s) => rolledBack(s.remains, s.back, 'what ran before'),
  'release-restored': (s) =>
    rolledBack(s.remains, [{ tag: '', batches: s.remains.returned }], 'the versions chosen from the history'),
  'release-superseded': () => 'Another release took its place',
  'release-rolled-back-in-part': (s) => `Partly rolled back: ${remainsText(s.remains)}`,
}

/** The batches that were taken back, and what is left of those that keep something else. */
function rolledBack(
  { returned, ...others }: Remains,
  back: readonly VersionGroup[],
  otherwise: string,
): string {
  const left = { ...others, old: [], returned: [], unscaled: [] }
  if (returned.length === 0) return `Rolled back: ${remainsText({ ...left, old: others.old })}`
  const to = back.map((group) => `${batches(group.batches)} to ${group.tag === '' ? otherwise : group.tag}`)
  return [`Rolled back ${to.join(', ')}`, ...restText(left)].join('; ')
}

/** Nothing, where nothing is to be said of the others. */
function restText(remains: Remains): readonly string[] {
  return isUntouched(remains) ? [] : [remainsText(remains)]
}

function released(s: Extract<Sentence, { readonly kind: 'release-done' }>): string {
  const numbers = s.brought.flatMap((group) => group.batches)
  const every = numbers.length === 1 ? '1 batch' : `all ${numbers.length} batches`
  const which = (of: readonly number[]): string =>
    s.all && of.length === numbers.length ? every : batches(of)
  const { old, ...others } = s.remains
  const rest = { ...others, old: [], new: [], earlier: [], scaled: [], unscaled: [] }
  return [
    numbers.length === 0 ? 'No batch was changed' : brought(s, which),
    ...(s.empty.length === 0 ? [] : [`${batches(s.empty)} ${s.empty.length === 1 ? 'has' : 'have'} no pods`]),
    ...s.earlier.map((group) => {
      const verb = group.batches.length === 1 ? 'keeps' : 'keep'
      return `${batches(group.batches)} ${verb} ${group.tag === '' ? 'what the release before brought' : group.tag}`
    }),
    ...(old.length === 0 ? [] : [`${batches(old)} skipped`]),
    ...restText(rest),
  ].join('; ')
}

function brought(
  { change, brought: groups }: Extract<Sentence, { readonly kind: 'release-done' }>,
  which: (of: readonly number[]) => string,
): string {
  const numbers = groups.flatMap((group) => group.batches)
  switch (change) {
    case 'restart':
      return `Restarted ${which(numbers)}`
    case 'template':
      return `${capital(which(numbers))} ${numbers.length === 1 ? 'has' : 'have'} the new template`
    default:
      return `Released ${groups.map((group) => `${group.tag} to ${which(group.batches)}`).join(', ')}`
  }
}

function resized(has: readonly number[], moved: readonly number[]): string {
  const reached =
    has.length === 0
      ? []
      : [`${capital(batches(has))} ${has.length === 1 ? 'has its new size' : 'have their new sizes'}`]
  const since =
    moved.length === 0 ? [] : [`${batches(moved)} ${moved.length === 1 ? 'was' : 'were'} scaled since`]
  return has.length + moved.length === 0 ? 'No batch was scaled' : capital([...reached, ...since].join('; '))
}
