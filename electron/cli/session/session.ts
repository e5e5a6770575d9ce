import { randomUUID } from 'node:crypto'
import type { Target } from '../../../shared/contract.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { failed, faultOf, ok, type Reply } from '../../../shared/fault.ts'
import { isArriving } from '../../../shared/model/freshness.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { say } from '../../../shared/words/say.ts'
import { sayFaultSentence } from '../../../shared/words/faults/say-fault.ts'
import { clusterWordsIn } from '../words/cluster-words.ts'
import { chooseCluster } from './choose-cluster.ts'
import { consentLines } from '../prompts/consent-lines.ts'
import { endingAs, fault, usage, type OrEnding } from './ending.ts'
import { until } from './follow.ts'
import { whileSigningIn } from './while-signing-in.ts'
import { isYes } from './yes-or-no.ts'
import type { AtService, CommandContext, Place } from './command-context.ts'

export function createCommandContext(
  parts: Omit<CommandContext, 'say' | 'newRequest' | 'reached'>,
): CommandContext {
  return {
    ...parts,
    reached: {},
    say: (sentence) => say(sentence, parts.options.language),
    newRequest: () => randomUUID(),
  }
}

/** Connects the context that is meant. A program that hands out credentials runs only after it was agreed to. */
export async function openPlace(context: CommandContext): Promise<OrEnding<Place>> {
  const { clusters, lookedAt, problems } = await until(context.client, ['clusters', {}], () => true)
  const chosen = chooseCluster(clusters, { ...context.options, lookedAt })
  if (!chosen.ok) {
    // Why a file has none: "no context" alone sends people looking in the wrong place.
    for (const { file, says } of problems)
      context.out.remark(`${file}: ${sayFaultSentence(says, context.options.language)}`)
    return endingAs(usage(chosen.problem))
  }
  const connection = chosen.cluster.id
  context.reached.cluster = chosen.cluster
  let reply = await context.client.call('cluster/connect', { connection })
  if (!reply.ok && reply.fault.code === 'consent-needed') {
    const consent = await askConsent(context, connection)
    if (consent === undefined) return endingAs(usage({ kind: 'needs-consent' }))
    reply = await whileSigningIn(context, connection, () =>
      context.client.call('cluster/connect', { connection, consent }),
    )
  }
  if (!reply.ok) return endingAs(fault(reply.fault))
  const now = await until(context.client, ['clusters', {}], () => true)
  if (now.clusters.find((one) => one.id === connection)?.replacedAt !== undefined)
    context.out.remark(clusterWordsIn(context.options.language).replaced(chosen.cluster.name))
  const wanted = context.options.namespace ?? chosen.cluster.namespace
  const namespace = wanted === '' ? 'default' : wanted
  context.reached.target = { connection, namespace }
  return { ok: true, value: { cluster: chosen.cluster, namespace } }
}

async function askConsent(
  context: CommandContext,
  connection: ClusterView['id'],
): Promise<string | undefined> {
  const view = await until(context.client, ['clusters', {}], () => true)
  const state = view.clusters.find((one) => one.id === connection)?.state
  if (state?.kind !== 'consent') return undefined
  context.out.notice(
    consentLines(state, { language: context.options.language, columns: context.io.stderr.columns ?? 80 }),
  )
  if (context.options.trustPlugins) return state.key
  if (context.io.ask === undefined) return undefined
  const answer = await context.io.ask(context.words.consentQuestion, new AbortController().signal)
  return isYes(answer, 'no') ? state.key : undefined
}

/** The Service that is meant: the one that was named, or the only one with batches behind it. */
export async function openService(context: CommandContext): Promise<OrEnding<AtService>> {
  const place = await openPlace(context)
  if (!place.ok) return place
  const { namespace } = place.value
  const names = context.options.service === undefined ? await serviceNames(context, place.value) : ok([])
  if (!names.ok) return endingAs(fault(names.fault))
  const service = context.options.service ?? (names.value.length === 1 ? names.value[0] : undefined)
  if (service === undefined) return endingAs(usage({ kind: 'which-service', names: names.value, namespace }))
  return { ok: true, value: atService(context, place.value, service) }
}

export function atService(context: CommandContext, place: Place, service: string): AtService {
  const target: Target = { connection: place.cluster.id, namespace: place.namespace, service }
  context.reached.target = target
  // Somebody looks at it until the command ends, so that what has been read once stays read.
  context.client.subscribe('pipeline', target, () => undefined)
  return { ...context, ...place, target }
}

async function serviceNames(context: CommandContext, place: Place): Promise<Reply<readonly string[]>> {
  const view = await services(context, place)
  return view.ok ? ok(view.value.filter((row) => row.batches > 0).map((row) => row.name)) : view
}

/** All Services of the namespace, once they have been read: not loaded is never shown as none. */
export async function services(context: CommandContext, { cluster, namespace }: Place) {
  const view = await until(
    context.client,
    ['services', { connection: cluster.id, namespace }],
    ({ freshness, fault }) => fault !== undefined || !isArriving(freshness),
  )
  if (view.fault !== undefined) return { ok: false, fault: view.fault } as const
  if (view.freshness.kind === 'never')
    return failed('forbidden', view.freshness.why ?? { kind: 'not-read-yet' })
  return ok(view.services)
}

/** The picture of the Service as it is now, once it has been read. */
export async function pictureOf({ client, target }: AtService): Promise<OrEnding<PipelineView>> {
  const found = await until(
    client,
    ['pipeline', target],
    (payload) =>
      payload.kind === 'fault' ||
      payload.kind === 'missing' ||
      // What has not arrived yet is waited for; what will not come is said. Each request has its bound.
      (payload.kind === 'view' &&
        !isArriving(payload.view.freshness) &&
        (payload.view.lock.kind !== 'unknown' || payload.view.lock.why !== undefined)),
  )
  switch (found.kind) {
    case 'view':
      return { ok: true, value: found.view }
    case 'missing':
      return endingAs(fault(faultOf('not-found', found.why)))
    case 'fault':
      return endingAs(fault(found.fault))
    case 'loading':
      return endingAs(fault(faultOf('stale', { kind: 'not-read-yet' })))
  }
}
