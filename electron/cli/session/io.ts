import type { App } from '../../app/app.ts'
import type { Interrupts } from './interrupts.ts'
import type { Options } from '../arguments/options.ts'
import type { Stream } from '../output/out.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Everything outside that a command touches. */
export type Io = {
  readonly args: readonly string[]
  readonly env: Environment
  readonly stdout: Stream
  readonly stderr: Stream
  /** Puts a question on the terminal; undefined where nobody sits. An aborted one answers with nothing. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined
  readonly interrupts: Interrupts
  /** Calls back after so many seconds; returns its stop function. */
  readonly setTimer: (seconds: number, fire: () => void) => () => void
  /** Of what `loadFile` has read. */
  readonly readFile: (path: string) => string
  /** `-`: standard input. */
  readonly loadFile: (path: string) => Promise<string>
  /** `user@host`, as locks name this person. */
  readonly person: string
  readonly version: string
  readonly openApp: (options: Options) => Promise<App>
}
