import { faultText, whyText } from '../../../shared/words/faults/say-fault.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { endingWordsIn } from '../words/ending-words.ts'
import { until } from '../session/follow.ts'
import type { CommandContext } from '../session/command-context.ts'

/** Everything is in memory: whoever does not answer within so long does not count. */
const askWithinSeconds = 0.5

/** How far a command had come: one sentence each about the cluster, the namespace and the Service, as far as they go. */
export function whatIsKnown(context: CommandContext): Promise<readonly string[]> {
  return new Promise((resolve) => {
    context.io.setTimer(askWithinSeconds, () => resolve([]))
    sentences(context).then(resolve, () => resolve([]))
  })
}

async function sentences(context: CommandContext): Promise<readonly string[]> {
  const words = endingWordsIn(context.options.language)
  const { cluster: chosen, target } = context.reached
  if (chosen === undefined) return [words.noCluster]
  const { clusters } = await until(context.client, ['clusters', {}], () => true)
  const cluster = clusters.find((one) => one.id === chosen.id) ?? chosen
  const about = ofCluster(cluster, context)
  if (cluster.state.kind !== 'connected') return about
  return [...about, ...(target === undefined ? [] : await ofService(context, target))]
}

function ofCluster({ name, server, state, signIn }: ClusterView, context: CommandContext): readonly string[] {
  const words = endingWordsIn(context.options.language)
  switch (state.kind) {
    case 'idle':
    case 'connecting':
      return [signIn === undefined ? words.notAnswered(name, server) : words.signsIn(signIn.command, name)]
    case 'consent':
      return [words.notAgreed(state.command)]
    case 'failed':
      return [context.words.fault(state.fault)]
    case 'connected':
      return state.fault === undefined
        ? []
        : [words.doesNotAnswer(name, faultText(state.fault, context.options.language))]
  }
}

async function ofService(
  context: CommandContext,
  target: NonNullable<CommandContext['reached']['target']>,
): Promise<readonly string[]> {
  const { language } = context.options
  const words = endingWordsIn(language)
  if (target.service === undefined) {
    const { freshness } = await until(context.client, ['services', target], () => true)
    if (freshness.kind === 'never')
      return [words.notRead(target.namespace), whyText(freshness.why, language)].filter(Boolean)
    return [words.readSoFar(target.namespace)]
  }
  const { connection, namespace, service } = target
  const found = await until(context.client, ['pipeline', { connection, namespace, service }], () => true)
  switch (found.kind) {
    case 'loading':
      return [words.notRead(namespace)]
    case 'missing':
      return [whyText(found.why, language)]
    case 'fault':
      return [context.words.fault(found.fault)]
    case 'view': {
      const { freshness, headline } = found.view
      return [
        words.seen(service, context.say(headline)),
        ...(freshness.kind === 'live' ? [] : [words.stale(whyText(freshness.why, language))]),
      ]
    }
  }
}
