import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { completionCommand } from './completion.ts'
import { contextsCommand } from './contexts.ts'
import { statusCommand } from './status.ts'
import { planCommand } from './plan.ts'
import { releaseCommand } from './release.ts'
import { steerCommands } from './steer-commands.ts'
import { rollBackCommand } from './roll-back.ts'
import { portForwardCommand } from './port-forward.ts'
import { historyCommand } from './history.ts'
import { goBackCommand } from './go-back.ts'
import { forgetCommand } from './forget.ts'
import { takeOverCommand } from './take-over.ts'
import { askCommand } from './ask.ts'

/** Every command of the terminal, in the order of its help. */
export const commandTable: readonly Command[] = [
  doctorCommand,
  contextsCommand,
  statusCommand,
  planCommand,
  releaseCommand,
  ...steerCommands,
  rollBackCommand,
  portForwardCommand,
  historyCommand,
  goBackCommand,
  forgetCommand,
  takeOverCommand,
  askCommand,
  completionCommand,
]
