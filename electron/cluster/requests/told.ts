import type { Reply } from '../../../shared/fault.ts'
import type { Transport } from './transport.ts'

/** Faults of the transport know no secrets any more; those that are made of its answers have to forget them here. */
export function told<T>({ withheld }: Pick<Transport, 'withheld'>, reply: Reply<T>): Reply<T> {
  return reply.ok ? reply : { ok: false, fault: withheld.fault(reply.fault) }
}
