import { assertNever } from '../../shared/assert-never.ts'
import { failed } from '../../shared/fault.ts'
import { connect } from '../../shared/rpc.ts'
import { ask } from './ask.ts'
import { wordsIn } from './cli-words.ts'
import { contexts } from './contexts.ts'
import { doctor } from './doctor.ts'
import { exit, fault, usage, type Ending } from './ending.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { forget } from './forget.ts'
import { goBack } from './go-back.ts'
import { helpText } from './help.ts'
import { history } from './history.ts'
import type { Interrupt } from './interrupts.ts'
import type { Io } from './io.ts'
import { memoryPipe } from './memory-pipe.ts'
import type { CommandName } from './option-table.ts'
import { languageAsked, readOptions, type Options } from './options.ts'
import { createOut, type Out } from './out.ts'
import { plan } from './plan.ts'
import { release } from './release.ts'
import { rollBack } from './roll-back.ts'
import { createDesk, type Desk } from './session.ts'
import { status } from './status.ts'
import { steer } from './steer.ts'
import { takeOver } from './take-over.ts'

/** One command from its line to its exit code. */
export async function run(io: Io): Promise<ExitCode> {
  const language = languageAsked(io.args, io.env)
  const words = wordsIn(language)
  const read = readOptions(io.args, io.env)
  const json = read.ok ? read.value.json : io.args.join(' ').includes('json')
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
        out.put({ kind: 'fault', code: ending.fault.code, text: ending.fault.message }, [])
        if (!json) out.remark(words.fault(ending.fault))
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
  const { value: options } = read
  if (options.version) {
    io.stdout.write(`${io.version}\n`)
    return exitCodes.done
  }
  if (options.help || options.command === undefined) {
    io.stdout.write(helpText(options.command, language))
    return options.help ? exitCodes.done : exitCodes.usage
  }
  return say(await withApp(io, { options, out, command: options.command }))
}

type Call = { readonly options: Options; readonly out: Out; readonly command: CommandName }

async function withApp(io: Io, { options, out, command }: Call): Promise<Ending> {
  const words = wordsIn(options.language)
  const { timeoutSeconds } = options
  const stopTimer =
    timeoutSeconds === undefined
      ? undefined
      : io.setTimer(timeoutSeconds, () => io.interrupts.raise('timeout'))
  const app = await io.openApp(options)
  const pipe = memoryPipe()
  const detach = app.attach(pipe.app)
  const client = connect(pipe.terminal)
  const desk = createDesk({ io, options, words, out, client })
  try {
    return await Promise.race([
      perform(desk, command),
      io.interrupts.unguarded.then((why) => interrupted(desk, why)),
    ])
  } finally {
    stopTimer?.()
    client.close()
    detach()
    await app.close()
  }
}

function interrupted({ words }: Desk, why: Interrupt): Ending {
  switch (why) {
    case 'timeout':
      return fault(failed('timeout', words.timedOut).fault)
    case 'signal':
      return exit(exitCodes.interrupted)
    // Whoever read our lines has had enough of them.
    case 'output-closed':
      return exit(exitCodes.done)
  }
}

function perform(desk: Desk, command: CommandName): Promise<Ending> {
  switch (command) {
    case 'doctor':
      return doctor(desk)
    case 'contexts':
      return contexts(desk)
    case 'status':
      return status(desk)
    case 'plan':
      return plan(desk)
    case 'release':
      return release(desk)
    case 'rollback':
      return rollBack(desk)
    case 'history':
      return history(desk)
    case 'go-back':
      return goBack(desk)
    case 'forget':
      return forget(desk)
    case 'take-over':
      return takeOver(desk)
    case 'ask':
      return ask(desk)
    case 'approve':
    case 'push-all':
    case 'pause':
    case 'resume':
    case 'freeze':
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
    case 'stop':
      return steer(desk, command)
    default:
      return assertNever(command)
  }
}
