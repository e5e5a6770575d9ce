import { ranges } from '../../shared/words/sentence-words.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import type { Words } from '../i18n/words.ts'

/** What a verb's button is called: the whole of what it does, and to which batch. */
export function verbTitle({ sentence }: Pick<VerbView, 'sentence'>, { verb }: Words['release']): string {
  return isOfVerb(sentence) ? titleOf(sentence, verb) : ''
}

type VerbSentence = Extract<Sentence, { readonly kind: `verb-${string}` }>

function isOfVerb(sentence: Sentence): sentence is VerbSentence {
  return sentence.kind.startsWith('verb-')
}

function titleOf(sentence: VerbSentence, words: Words['release']['verb']): string {
  switch (sentence.kind) {
    case 'verb-approve':
      return words.approve(sentence.batch, sentence.pods)
    case 'verb-push-all':
      return words.approveAll(sentence.does.updates.length)
    case 'verb-pause':
      return sentence.current === undefined ? words.pause : words.pauseAfter(sentence.current)
    case 'verb-resume':
      return words.resume
    case 'verb-freeze':
      return words.freeze(sentence.batch)
    case 'verb-retry':
      return words.retry(sentence.batch)
    case 'verb-skip':
      return sentence.back === true ? words.goOnWithout(sentence.batch) : words.skip(sentence.batch)
    case 'verb-adopt':
      return words.adopt[sentence.as](sentence.batch)
    case 'verb-restore':
      return words.restore[sentence.as](sentence.batch)
    case 'verb-stop':
      return words.stop
    case 'verb-roll-back':
      return words.rollBack(ranges(sentence.batches), sentence.batches.length)
    case 'verb-take-over':
      return words.takeOver
  }
}
