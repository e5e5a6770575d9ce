import type { Target } from '../../../shared/contract.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import type { Client } from '../../../shared/rpc.ts'
import type { Options } from '../arguments/options.ts'
import type { Out } from '../output/out.ts'
import type { Words } from '../words/words.ts'
import type { Io } from './io.ts'

/** What every command has at hand. */
export type CommandContext = {
  readonly io: Io
  readonly options: Options
  readonly words: Words
  readonly out: Out
  readonly client: Client
  /** How far the command has come, to be said if it is ended in between. */
  readonly reached: Reached
  say(sentence: Sentence): string
  newRequest(): string
}
/** A cluster that is connected, and the namespace that is meant. */
export type Place = { readonly cluster: ClusterView; readonly namespace: string }
export type AtService = CommandContext & Place & { readonly target: Target }
type Reached = {
  cluster?: ClusterView
  target?: Pick<Target, 'connection' | 'namespace'> & { readonly service?: string }
}
