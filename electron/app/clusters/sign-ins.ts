import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { PluginTalk } from '../../cluster/sign-in/plugin-talk.ts'

type Running = {
  readonly run: number
  readonly command: string
  readonly lines: readonly string[]
  readonly answer?: (line: string) => void
}

/**
 * Plugins that sign in just now: what each of them says, and the way to answer it. Nothing of it is kept or logged.
 * Each run has its number: a line that was typed for one of them, a password perhaps, is never read by another.
 */
export function createSignIns(tell: () => void) {
  const running = new Map<ConnectionId, Running>()
  let runs = 0
  return {
    talk: (id: ConnectionId): PluginTalk => ({
      begin({ command, answer }) {
        const run = ++runs
        const isThis = (): boolean => running.get(id)?.run === run
        running.set(id, { run, command, lines: [], ...(answer !== undefined && { answer }) })
        tell()
        return {
          say(lines) {
            const now = running.get(id)
            if (now?.run !== run) return
            running.set(id, { ...now, lines })
            tell()
          },
          end() {
            if (isThis() && running.delete(id)) tell()
          },
        }
      },
    }),
    answer(id: ConnectionId, { run, line }: { readonly run: number; readonly line: string }): Reply<null> {
      const now = running.get(id)
      if (now?.run !== run || now.answer === undefined) return failed('not-found', { kind: 'plugin-over' })
      now.answer(line)
      return ok(null)
    },
    view(id: ConnectionId): Pick<ClusterView, 'signIn'> {
      const now = running.get(id)
      if (now === undefined) return {}
      const { run, command, lines, answer } = now
      return { signIn: { run, command, lines, reads: answer !== undefined } }
    },
  }
}
