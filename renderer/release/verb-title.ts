import { ranges } from '../../shared/release/sentence-words.ts'
import type { VerbView } from '../../shared/model/pipeline.ts'
import type { Words } from '../i18n/words.ts'

/** What a verb's button is called: it names its target wherever there is one. */
export function verbTitle({ verb, sentence }: VerbView, words: Words['release']): string {
  switch (sentence.kind) {
    case 'verb-approve':
      return words.approveBatch(sentence.batch, sentence.pods)
    case 'verb-roll-back':
      return words.rollBackBatches(ranges(sentence.batches), sentence.batches.length)
    case 'verb-retry':
      return words.retryBatch(sentence.batch)
    default:
      return words.verb[verb]
  }
}
