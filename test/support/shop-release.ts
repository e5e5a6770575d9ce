import { randomUUID } from 'node:crypto'
import type { CommandInput, CommandOutput } from '../../shared/contract.ts'
import type { HistoryView } from '../../shared/history/history-view.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Bench, Desk } from './app-on-training.ts'
import { createKubeClient, type KubeClient } from './kube-client.ts'
import { wordsOf } from './spoken.ts'

export const shopImage = (tag: string): string =>
  `registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/shop:${tag}`
export const request = (): string => randomUUID()

/** The bench's cluster as somebody else has it who uses kubectl. */
export function kubectl(bench: Bench): KubeClient {
  return createKubeClient({ server: bench.server, token: 'training-token' })
}

export const path = {
  deployment: (name: string): string => `/apis/apps/v1/namespaces/demo/deployments/${name}`,
  replicaSets: '/apis/apps/v1/namespaces/demo/replicasets',
  lease: (service: string): string =>
    `/apis/coordination.k8s.io/v1/namespaces/demo/leases/tranche-${service}`,
  history: (service: string): string => `/api/v1/namespaces/demo/configmaps/tranche-history-${service}`,
  service: (name: string): string => `/api/v1/namespaces/demo/services/${name}`,
}

/** A release of shop-http with this tag, begun; `withoutLock` as the page sends it after the person has agreed. */
export async function startShop(desk: Desk, tag: string, withoutLock = false): Promise<string> {
  const draft = await desk.draft('shop-http', { images: { shop: shopImage(tag) } })
  const started = await desk.client.call('release/start', {
    request: request(),
    draft: { ...draft, ...(withoutLock && { withoutLock }) },
  })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return started.value.release
}

/** The same, carried through all batches to its end. */
export async function releaseShop(desk: Desk, tag: string, withoutLock = false): Promise<string> {
  const release = await startShop(desk, tag, withoutLock)
  await desk.picture('shop-http', (view) => view.release?.id === release)
  const pushed = await desk.client.call('release/push-all', {
    request: request(),
    target: desk.target('shop-http'),
    release,
  })
  if (!pushed.ok) throw new Error(wordsOf(pushed.fault))
  await desk.picture('shop-http', ended(release))
  return release
}

export const ended =
  (release: string) =>
  (view: PipelineView): boolean =>
    view.release?.id === release && view.release.state === 'ended'

export const atGate = (view: PipelineView): boolean => view.headline.kind === 'release-approval'

export async function historyOf(desk: Desk, service = 'shop-http'): Promise<HistoryView> {
  const listed = await desk.client.call('history/list', { target: desk.target(service) })
  if (!listed.ok) throw new Error(wordsOf(listed.fault))
  return listed.value
}

/** Each batch to the revision that `choose` picks by its place among the batch's revisions, the present one first. */
export function backTo(
  desk: Desk,
  view: HistoryView,
  choose: (batch: HistoryView['batches'][number]) => string | undefined,
): CommandInput<'release/go-back'> {
  return {
    request: request(),
    target: desk.target('shop-http'),
    mode: 'at-once',
    revisions: view.batches.flatMap((batch) => {
      const digest = choose(batch)
      return digest === undefined ? [] : [{ batch: batch.batch, digest }]
    }),
    from: view.batches.map(({ batch, digest }) => ({ batch, digest })),
  }
}

export async function goBack(
  desk: Desk,
  input: CommandInput<'release/go-back'>,
): Promise<CommandOutput<'release/go-back'>['release']> {
  const reply = await desk.client.call('release/go-back', input)
  if (!reply.ok) throw new Error(wordsOf(reply.fault))
  return reply.value.release
}
