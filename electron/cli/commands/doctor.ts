import type { Command } from './command.ts'
import { doctorLines } from '../../../shared/words/doctor-text.ts'
import { exit, fault, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { openPlace } from '../session/session.ts'
import { type CommandContext } from '../session/command-context.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  takes: [],
  options: [],
  readsOnly: true,
  what: {
    en: 'Says how every kubeconfig, context and connection stands, without secrets. With --context, connects that one first.',
    zh: '说明每个 kubeconfig、上下文和连接的状况，不含任何密钥。加 --context 则先连接该上下文。',
  },
  run: doctor,
}

/** How every file, context and connection stands. A context that is named is connected first, as a test. */
async function doctor(context: CommandContext): Promise<Ending> {
  const { client, options, out } = context
  const tested = options.context === undefined && !options.training ? undefined : await openPlace(context)
  const report = await client.call('doctor/report', {})
  if (!report.ok) return fault(report.fault)
  out.put({ kind: 'doctor', report: report.value }, doctorLines(report.value, options.language))
  return tested?.ok === false ? tested.ending : exit(exitCodes.done)
}
