import { faultText } from '../../shared/words/faults/say-fault.ts'
import { connect } from '../../shared/rpc.ts'
import { unsavedWords } from '../../shared/words/unsaved-words.ts'
import type { App } from '../app/app.ts'
import { wordsIn } from './words/cli-words.ts'
import { exit, usage, type Ending } from './session/ending.ts'
import { endingWordsIn } from './words/ending-words.ts'
import { exitCodes, type ExitCode } from './session/exit-code.ts'
import { until } from './session/follow.ts'
import type { ActingCommand, Command } from './commands/command.ts'
import { commandTable } from './commands/command-table.ts'
import { commandHelp, helpText } from './words/help.ts'
import type { Interrupt, Interrupted } from './session/interrupts.ts'
import type { Io } from './session/io.ts'
import { memoryPipe } from './session/memory-pipe.ts'
import { nextCommand } from './driving/next-command.ts'
import { languageAsked, readOptions, type Options } from './arguments/options.ts'
import { createOut, type Out } from './output/out.ts'
import { createCommandContext } from './session/session.ts'
import { type CommandContext } from './session/command-context.ts'
import { timedOut } from './driving/timed-out.ts'

/** One command from its line to its exit code. */
export async function run(io: Io, commands: readonly Command[] = commandTable): Promise<ExitCode> {
  const language = languageAsked(io.args, io.env)
  const words = wordsIn(language)
  const read = readOptions(io.args, io.env, commands)
  const json = read.ok ? read.options.json : io.args.join(' ').includes('json')
  const out = createOut({ json, stdout: io.stdout, stderr: io.stderr, env: io.env })
  const say = (ending: Ending): ExitCode => {
    const code = tell(ending)
    out.put({ kind: 'result', exit: code }, [])
    return code
  }
  function tell(ending: Ending): ExitCode {
    switch (ending.kind) {
      case 'exit':
        return ending.exit
      case 'fault':
        out.put({ kind: 'fault', code: ending.fault.code, text: faultText(ending.fault, language) }, [])
        if (!json) out.remark(words.fault(ending.fault))
        return exitCodes.fault
      case 'refused':
        out.put({ kind: 'fault', code: ending.code, text: ending.text }, [])
        if (!json) out.remark(ending.text)
        return exitCodes.fault
      case 'timed-out':
        out.put({ kind: 'fault', code: 'timeout', text: ending.text }, [])
        if (!json) out.remark(ending.text)
        return exitCodes.fault
      case 'usage': {
        const text = words.usage(ending.problem)
        out.put({ kind: 'fault', code: 'usage', text }, [])
        if (!json) out.remark(text)
        return exitCodes.usage
      }
    }
  }
  if (!read.ok) return say(usage(read.problem))
  const { options, command } = read
  if (options.version) {
    io.stdout.write(`${io.version}\n`)
    return exitCodes.done
  }
  if (options.help || command === undefined) {
    io.stdout.write(command === undefined ? helpText(commands, language) : commandHelp(command, language))
    return options.help ? exitCodes.done : exitCodes.usage
  }
  if ('print' in command) {
    io.stdout.write(command.print(options.line, commands, language))
    return exitCodes.done
  }
  return say(await withApp(io, { options, out, command }))
}

type Call = { readonly options: Options; readonly out: Out; readonly command: ActingCommand }

/** Longer than the last entry of a history takes; once interrupted, nobody waits for it. */
const closeWithinSeconds = 30
const hurriedSeconds = 2

async function withApp(given: Io, { options, out, command }: Call): Promise<Ending> {
  const words = wordsIn(options.language)
  const { timeoutSeconds } = options
  const { interrupts } = given
  const stopTimer =
    timeoutSeconds === undefined
      ? undefined
      : given.setTimer(timeoutSeconds, () => interrupts.raise('timeout'))
  const opened = await Promise.race([openAll(given, options), interrupts.ends])
  if ('why' in opened) {
    stopTimer?.()
    return beforeAnything(opened.why, options)
  }
  const { app, io } = opened
  const pipe = memoryPipe()
  const detach = app.attach(pipe.app)
  const client = connect(pipe.terminal)
  const context = createCommandContext({ io, options, words, out, client })
  try {
    return await Promise.race([
      tellUnsaved(context, command).then(() => command.run(context)),
      interrupts.ends.then((interrupted) => endAfter(context, interrupted)),
    ])
  } finally {
    stopTimer?.()
    client.close()
    detach()
    await Promise.race([
      app.close(),
      interrupts.ends.then(() => elapsed(io, hurriedSeconds)),
      elapsed(io, closeWithinSeconds),
    ])
    // Only now: what it had still to write, such as the history of a release that has ended, was waited for.
    tellUnanswered(context, app)
  }
}

function elapsed(io: Io, seconds: number): Promise<void> {
  return new Promise((resolve) => void io.setTimer(seconds, resolve))
}

/** A template is read here, where an interrupt is still heard: it may come through a pipe that never ends. */
async function openAll(io: Io, options: Options): Promise<{ readonly app: App; readonly io: Io }> {
  const { template } = options.draft
  const [app, read] = await Promise.all([
    io.openApp(options),
    template === undefined ? undefined : ready(io.loadFile(template)),
  ])
  return { app, io: read === undefined ? io : { ...io, readFile: read } }
}

async function ready(loading: Promise<string>): Promise<() => string> {
  try {
    const text = await loading
    return () => text
  } catch (error) {
    return () => {
      throw error
    }
  }
}

function beforeAnything(why: Interrupt, { language, timeoutSeconds = 0 }: Options): Ending {
  if (why !== 'timeout') return exit(exitCodes.interrupted)
  const words = endingWordsIn(language)
  return { kind: 'timed-out', text: `${words.timedOut(timeoutSeconds)} ${words.noCluster}` }
}

async function endAfter(context: CommandContext, { why, overdue }: Interrupted): Promise<Ending> {
  if (overdue !== undefined) {
    const words = endingWordsIn(context.options.language)
    context.out.remark(overdue === 'pausing' ? words.notPaused : words.rollBackLeft)
    const { target } = context.reached
    if (target?.service !== undefined) {
      const about = { ...context, target: { ...target, service: target.service } }
      nextCommand(about, 'status')
      nextCommand(about, overdue === 'pausing' ? 'resume' : 'take-over')
    }
  }
  switch (why) {
    case 'timeout':
      return timedOut(context)
    case 'signal':
      return exit(exitCodes.interrupted)
    // Whoever read our lines has had enough of them.
    case 'output-closed':
      return exit(exitCodes.done)
  }
}

async function tellUnsaved(
  { client, options, out }: CommandContext,
  { readsOnly }: ActingCommand,
): Promise<void> {
  if (readsOnly === true) return
  const { unsaved } = await until(client, ['clusters', {}], () => true)
  if (unsaved !== undefined) out.remark(unsavedWords[options.language].notKept(unsaved))
}

/** Nobody is left in the belief that a command has ended everything: what was sent may still land. */
function tellUnanswered({ options, out }: CommandContext, app: App): void {
  for (const { changes, seconds } of app.unanswered()) {
    const text = endingWordsIn(options.language).unanswered(changes, seconds)
    out.put({ kind: 'unanswered', changes, seconds, text }, [])
    if (!out.json) out.remark(text)
  }
}
