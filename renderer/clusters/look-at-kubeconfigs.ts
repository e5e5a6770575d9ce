import type { KubeconfigReport } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import type { Client } from '../stores/client.ts'
import type { KubeconfigSource } from './kubeconfig-source.ts'

export type Looked = {
  /** Those that can be read. */
  readonly sources: readonly KubeconfigSource[]
  readonly report: KubeconfigReport
  readonly fault: Fault | undefined
}

/** What all of them together would bring and run. Nothing is added by looking. */
export async function lookAtKubeconfigs(
  client: Pick<Client, 'call'>,
  sources: readonly KubeconfigSource[],
): Promise<Looked> {
  const replies = await Promise.all(sources.map((source) => client.call('kubeconfig/inspect', source)))
  const reports = replies.flatMap((reply) => (reply.ok ? [reply.value] : []))
  return {
    sources: sources.filter((_, index) => replies[index]?.ok === true),
    report: {
      contexts: reports.flatMap((one) => one.contexts),
      problems: reports.flatMap((one) => one.problems),
    },
    fault: replies.flatMap((reply) => (reply.ok ? [] : [reply.fault]))[0],
  }
}
