import type { KubeconfigReport } from '../../shared/model/kubeconfig-report.ts'
import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { kubeconfigBytes, utf8Bytes } from '../../shared/limits.ts'
import type { Client } from '../stores/client.ts'
import type { KubeconfigSource } from './kubeconfig-source.ts'

/** One that can't be added, by the name that the person knows it by. */
export type Refused = { readonly name: string; readonly fault: Fault }
export type Looked = {
  /** Those that can be read. */
  readonly sources: readonly KubeconfigSource[]
  readonly report: KubeconfigReport
  readonly refused: readonly Refused[]
}
type Calls = Pick<Client, 'call'>

/** What all of them together would bring and run. Nothing is added by looking; one that can't be read hides no other. */
export async function lookAtKubeconfigs(
  client: Calls,
  sources: readonly KubeconfigSource[],
): Promise<Looked> {
  const looks = await eachOf(sources, (source) => client.call('kubeconfig/inspect', source))
  const reports = looks.flatMap(({ reply }) => (reply.ok ? [reply.value] : []))
  return {
    sources: looks.flatMap(({ source, reply }) => (reply.ok ? [source] : [])),
    report: {
      contexts: reports.flatMap((one) => one.contexts),
      problems: reports.flatMap((one) => one.problems),
    },
    refused: looks.flatMap(refusal),
  }
}

/** Adds each by itself; what was refused is still to be told. */
export async function addKubeconfigs(
  client: Calls,
  sources: readonly KubeconfigSource[],
): Promise<readonly Refused[]> {
  const replies = await eachOf(sources, (source) => client.call('kubeconfig/add', source))
  return replies.flatMap(refusal)
}

/** What the application would not take is not sent to it: page and host go by the same size. */
function fits(source: KubeconfigSource): Reply<null> {
  return source.kind === 'text' && utf8Bytes(source.text) > kubeconfigBytes
    ? failed('kubeconfig', { kind: 'file-too-large' })
    : ok(null)
}

async function eachOf<T>(
  sources: readonly KubeconfigSource[],
  send: (source: KubeconfigSource) => Promise<Reply<T>>,
): Promise<readonly { readonly source: KubeconfigSource; readonly reply: Reply<T> }[]> {
  return Promise.all(
    sources.map(async (source) => {
      const size = fits(source)
      return { source, reply: size.ok ? await send(source) : size }
    }),
  )
}

function refusal(one: {
  readonly source: KubeconfigSource
  readonly reply: Reply<unknown>
}): readonly Refused[] {
  return one.reply.ok ? [] : [{ name: nameOf(one.source), fault: one.reply.fault }]
}

export function nameOf(source: KubeconfigSource): string {
  return source.kind === 'text' ? source.name : source.path
}
