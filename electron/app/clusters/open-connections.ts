import type { ConnectionId } from '../../../shared/ids.ts'
import type { Connection } from '../../cluster/connection.ts'
import type { UnansweredWrite } from '../../cluster/requests/unanswered-writes.ts'
import { logError } from './attempt-to-connect.ts'

export type OpenConnections = {
  get(id: ConnectionId): Connection | undefined
  all(): readonly Connection[]
  put(id: ConnectionId, connection: Connection): void
  /** Nothing of it is used from now on; it is still to be ended. */
  take(id: ConnectionId): Connection | undefined
  /** Whatever is broken in it, nothing waits for it any more. */
  end(connection: Connection): Promise<void>
  /** After sleep: no socket can be trusted. */
  resume(withinMs: number): void
  unanswered(): readonly UnansweredWrite[]
  close(): Promise<void>
}

export function createOpenConnections(log: (line: string) => void): OpenConnections {
  const open = new Map<ConnectionId, Connection>()
  const closed: Connection[] = []

  async function end(connection: Connection): Promise<void> {
    try {
      await connection.close()
    } catch (error) {
      const { spec } = connection
      logError(log, { what: `closing ${spec.name} failed`, error, spec })
    }
  }

  return {
    get: (id) => open.get(id),
    all: () => [...open.values()],
    put: (id, connection) => open.set(id, connection),
    take(id) {
      const connection = open.get(id)
      open.delete(id)
      return connection
    },
    end,
    resume(withinMs) {
      for (const connection of open.values()) {
        connection.suspend({ kind: 'asleep' })
        connection.resume(withinMs)
      }
    },
    unanswered: () => [...open.values(), ...closed].flatMap((connection) => connection.unanswered()),
    async close() {
      // What was cut off with them is in doubt still.
      closed.push(...open.values())
      open.clear()
      await Promise.all(closed.map(end))
    },
  }
}
