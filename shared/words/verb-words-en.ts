import type { Outlook } from '../release/outlook.ts'
import { isUntouched, type Remains } from '../release/remains.ts'
import type { Promised, Sentence } from '../release/sentence.ts'
import { percent, ranges, type SentenceWords } from './sentence-words.ts'

/** `1 pod`, `2 pods`. */
export function pods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`
}

export function batches(numbers: readonly number[]): string {
  return numbers.length === 1 ? `batch ${ranges(numbers)}` : `batches ${ranges(numbers)}`
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What each batch has been left with. Each part is said only where there is a batch of which it is so. */
export function remainsText(remains: Remains): string {
  if (isUntouched(remains)) return 'nothing was changed'
  const {
    new: fresh,
    old,
    returned,
    earlier,
    kept,
    unready,
    stuck,
    unsure,
    paused,
    scaled,
    unscaled,
  } = remains
  const parts: readonly (readonly [readonly number[], (numbers: string, one: boolean) => string])[] = [
    [fresh, (them, one) => `${them} ${one ? 'keeps' : 'keep'} the new version`],
    [returned, (them, one) => `${them} ${one ? 'was' : 'were'} rolled back`],
    [earlier, (them, one) => `${them} ${one ? 'keeps' : 'keep'} what the release before brought`],
    [kept, (them, one) => `${them} ${one ? 'stays' : 'stay'} as found`],
    [
      unready,
      (them, one) => `${them} ${one ? 'was' : 'were'} rolled back and ${one ? 'is' : 'are'} not ready`,
    ],
    [stuck, (them) => `${them} could not be rolled back`],
    [unsure, (them) => `${them} may or may not have been changed`],
    [old, (them, one) => `${them} ${one ? 'was' : 'were'} not changed`],
    [paused, (them, one) => `${them} ${one ? 'is' : 'are'} still paused (spec.paused)`],
    [scaled, (them, one) => `${them} ${one ? 'was' : 'were'} scaled`],
    [unscaled, (them, one) => `${them} ${one ? 'was' : 'were'} not scaled`],
  ]
  return parts
    .filter(([numbers]) => numbers.length > 0)
    .map(([numbers, say]) => say(batches(numbers), numbers.length === 1))
    .join(', ')
}

/** What follows by itself when the verb has done its own work: which batch starts, or waits, and with how many pods. */
function next({ does, pods: count, tag }: Promised, own?: number, brief = false): string {
  const [first, ...more] = does.updates.filter((batch) => batch !== own)
  const of = ` (${[tag, pods(count)].filter((one) => one !== '').join(', ')})`
  const get = does.scales.length === 1 ? 'gets its new size' : 'get their new sizes'
  const scaling = does.scales.length === 0 ? '' : ` ${capital(batches(does.scales))} ${get} first.`
  if (first !== undefined) {
    const rest = more.length === 0 ? '' : `, and ${batches(more)} without asking`
    return `${scaling} Then batch ${first} starts${does.updates[0] === own ? '' : of}${rest}.`
  }
  if (does.then.kind === 'approval')
    return `${scaling} Then batch ${does.then.batch} waits for your approval${does.updates.length > 0 || brief ? '' : of}.`
  const isOver = does.then.kind === 'ended' && does.updates.length + does.finishes.length === 0
  return isOver ? `${scaling} Then the release ends.` : scaling
}

/** What a rollback does that no longer waits for a batch. */
function onward({ returns, finishes, then }: Outlook): string {
  const rest = [...returns, ...finishes].sort((a, b) => a - b)
  if (rest.length > 0) return `The rollback goes on with ${batches(rest)}.`
  return then.kind === 'held' ? 'Then the release is on hold.' : 'Then the rollback ends as a partial one.'
}

function finishing(does: Outlook): string {
  if (does.finishes.length === 0) return ''
  const verb = does.finishes.length === 1 ? 'finishes' : 'finish'
  return ` ${capital(batches(does.finishes))} ${verb} in the cluster.`
}

type VerbKind = Extract<Sentence['kind'], `verb-${string}`>

export const verbWordsEn: Pick<SentenceWords, VerbKind> = {
  'verb-pause': (s) => {
    const waits = s.does.scales.length > 0 ? 'sizes that are not set yet wait' : undefined
    const other = s.next === undefined ? undefined : `batch ${s.next} waits`
    const what = [waits, other].filter((part) => part !== undefined).join(', ')
    const finishes = s.current === undefined ? '' : `Batch ${s.current} finishes. `
    return `${finishes}${what === '' ? 'The release stays open' : capital(what)} until you resume.`
  },
  'verb-resume': (s) => {
    const current = s.does.finishes[0]
    return current === undefined
      ? `Continues the release.${next(s, undefined, true)}`
      : `Continues with batch ${current}.${next(s, undefined, true)}`
  },
  'verb-freeze': () => 'No more pods are replaced until you resume. Old and new pods keep serving.',
  'verb-retry': (s) => {
    if (s.does.scales.includes(s.batch)) {
      const scales = s.does.scales.filter((batch) => batch !== s.batch)
      return `Sets the planned size of batch ${s.batch} once more.${next({ ...s, does: { ...s.does, scales } })}`
    }
    if (s.back === true)
      return s.does.returns.includes(s.batch)
        ? `Writes batch ${s.batch} back again.`
        : `Gives the pods of batch ${s.batch} time again.`
    return s.does.updates.includes(s.batch)
      ? `Updates batch ${s.batch} again.${next(s, s.batch)}`
      : `Checks batch ${s.batch} again and continues if it is healthy.${next(s, undefined, true)}`
  },
  'verb-skip': (s) => {
    if (s.back === true)
      return `Batch ${s.batch} keeps its earlier version, with pods that are not ready. ${onward(s.does)}`
    return s.begun
      ? `Batch ${s.batch} stays as it is now, with any failing pods, and is not counted as done.${next(s)}`
      : `Batch ${s.batch} is not changed by this release.${next(s)}`
  },
  'verb-adopt': (s) => {
    switch (s.as) {
      case 'skipped':
        return `Batch ${s.batch} keeps what ${s.manager} set and takes no further part in this release.${next(s)}`
      case 'start':
        return `Batch ${s.batch} starts from what ${s.manager} set. A rollback returns it to that.${next(s)}`
      case 'size':
        return `Batch ${s.batch} keeps the size that ${s.manager} set.${next(s)}`
      case 'replacement':
        return `It replaces the deleted Deployment in this release.${next(s)}`
    }
  },
  'verb-restore': (s) => {
    switch (s.as) {
      case 'overwrite':
        return `Replaces what ${s.manager} set with this release.${next(s, s.batch)}`
      case 'revert':
        return `Takes batch ${s.batch} back to what it ran before ${s.manager} changed it.${next(s)}`
      case 'unpause':
        return `Clears spec.paused, and the batch goes on.${next(s, s.batch)}`
    }
  },
  'verb-approve': (s) => {
    const what =
      s.change === 'image' ? `Updates ${s.name} to ${s.tag}` : `Applies the new template to ${s.name}`
    const first = s.change === 'restart' ? `Restarts the pods of ${s.name}` : what
    const [, ...more] = s.does.updates
    const after = more.length > 0 ? ', then goes on by itself' : ''
    const then = after === '' && s.does.then.kind === 'approval' ? ', then waits for approval' : after
    return `${first} (${pods(s.pods)})${then}. Share of new pods ${percent(s.shareBefore)} → ${percent(s.shareAfter)}.`
  },
  'verb-push-all': (s) =>
    s.does.updates.length === 1
      ? `Batch ${ranges(s.does.updates)} then starts without asking again, once the one before is ready and its bake time is over.`
      : `Batches ${ranges(s.does.updates)} then start without asking again, each once the one before is ready and its bake time is over.`,
  'verb-stop': (s) =>
    s.brief === true
      ? `${capital(remainsText(s.remains))}.`
      : `Ends the release: ${remainsText(s.remains)}.${finishing(s.does)} It can't be resumed${s.undo ? '; you can still roll back' : ''}.`,
  'verb-roll-back': (s) => {
    const stays = s.foreign === undefined ? '' : `Batch ${s.foreign} keeps the external change.`
    const before =
      s.chain === true ? 'what ran before this release and the one it replaced' : 'what ran before'
    const tag = s.chain === true ? `${s.tag}, ${before}` : s.tag
    const back = `${capital(batches(s.batches))} to ${s.tag === '' ? before : tag}: ${pods(s.pods)}.`
    return s.batches.length === 0 ? stays : [back, stays].join(' ').trim()
  },
  'verb-take-over': (s) =>
    s.holder === ''
      ? 'You run this release from here on.'
      : `You run this release from here on. ${s.holder} no longer can.`,
}
