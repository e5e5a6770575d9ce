import type { ClusterView } from '../../shared/contract.ts'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { PluginTalk } from '../cluster/plugin-talk.ts'

type Running = {
  readonly command: string
  readonly lines: readonly string[]
  readonly answer?: (line: string) => void
}

/** Plugins that sign in just now: what each of them says, and the way to answer it. Nothing of it is kept or logged. */
export function createSignIns(tell: () => void) {
  const running = new Map<ConnectionId, Running>()
  return {
    talk: (id: ConnectionId): PluginTalk => ({
      begin(run) {
        running.set(id, { ...run, lines: [] })
        tell()
      },
      say(lines) {
        const run = running.get(id)
        if (run === undefined) return
        running.set(id, { ...run, lines })
        tell()
      },
      end() {
        if (running.delete(id)) tell()
      },
    }),
    answer(id: ConnectionId, line: string): Reply<null> {
      const answer = running.get(id)?.answer
      if (answer === undefined) return failed('not-found', 'No program waits for an answer here.')
      answer(line)
      return ok(null)
    },
    view(id: ConnectionId): Pick<ClusterView, 'signIn'> {
      const run = running.get(id)
      if (run === undefined) return {}
      const { command, lines, answer } = run
      return { signIn: { command, lines, reads: answer !== undefined } }
    },
  }
}
