import { faultOf } from '../../../shared/fault.ts'
import { faultText, whyText } from '../../../shared/words/faults/say-fault.ts'
import type { Command } from './command.ts'
import type { ServiceRow } from '../../../shared/view/service-row.ts'
import { dayText } from '../../../shared/history/time-text.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { PodsView } from '../../../shared/view/pods-view.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { GateView } from '../../../shared/view/gate-view.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import { gatedSentence } from '../../../shared/view/batch-view.ts'
import { runningVersion } from '../../../shared/view/running-version.ts'
import { exit, fault, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { follow } from '../session/follow.ts'
import { createNarrator } from '../driving/narrate.ts'
import { commandLine } from '../driving/next-command.ts'
import type { OutputLine } from '../output/output-line.ts'
import { atService, openPlace, openService, pictureOf, services } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import { createOutsideTeller } from '../driving/tell-outside.ts'
import { textTable } from '../output/text-table.ts'

export const statusCommand: Command = {
  name: 'status',
  takes: ['[SERVICE]'],
  options: ['watch'],
  readsOnly: true,
  what: {
    en: 'Shows the batches of a Service, or all Services of the namespace.',
    zh: '显示一个 Service 的批次，或命名空间中的所有 Service。',
  },
  run: status,
}

/** How a Service stands, or which Services there are. */
async function status(context: CommandContext): Promise<Ending> {
  if (context.options.service === undefined && !context.options.watch) {
    const place = await openPlace(context)
    if (!place.ok) return place.ending
    const rows = await services(context, place.value)
    if (!rows.ok) return fault(rows.fault)
    const withBatches = rows.value.filter((row) => row.batches > 0)
    const only = withBatches.length === 1 ? withBatches[0] : undefined
    if (only === undefined) return putServices(context, rows.value, place.value.namespace)
    return one(atService(context, place.value, only.name))
  }
  const at = await openService(context)
  return at.ok ? one(at.value) : at.ending
}

async function one(at: AtService): Promise<Ending> {
  const view = await pictureOf(at)
  if (!view.ok) return view.ending
  putStatus(at, view.value)
  return at.options.watch ? watch(at, view.value) : exit(exitCodes.done)
}

/** Says each change from then on, until it is interrupted. */
async function watch(at: AtService, since: PipelineView): Promise<Ending> {
  const narrator = createNarrator(at, since)
  const outside = createOutsideTeller(at)
  const follower = follow(at.client, 'pipeline', at.target)
  let view = since
  let pods: PodsView | undefined
  const stopPods = at.client.subscribe('pods', at.target, (payload) => {
    if (payload.kind === 'view') pods = payload.view
    outside.see(view, pods)
  })
  try {
    for (let revision = 0; ;) {
      const { payload, revision: seen } = await follower.next(revision)
      revision = seen
      if (payload.kind === 'missing') return fault(faultOf('not-found', payload.why))
      if (payload.kind !== 'view') continue
      view = payload.view
      narrator.tell(view)
      outside.see(view, pods)
    }
  } finally {
    stopPods()
    outside.stop()
    follower.stop()
  }
}

function putServices(context: CommandContext, rows: readonly ServiceRow[], namespace: string): Ending {
  const { out, words } = context
  const pods = (row: ServiceRow): number => row.bar.reduce((sum, one) => sum + one.pods, row.others)
  if (rows.length === 0) out.text(words.noServices(namespace))
  else
    out.text(
      textTable([
        words.serviceHeads,
        ...rows.map((row) => [row.name, `${row.batches}`, `${pods(row)}`, stateText(context, row)]),
      ]),
    )
  for (const row of rows)
    out.put({ kind: 'service', name: row.name, batches: row.batches, pods: pods(row), state: row.state }, [])
  return exit(exitCodes.done)
}

function stateText({ words }: CommandContext, { state, nature }: ServiceRow): string {
  if (nature.kind === 'external-name') return words.externalName(nature.name)
  return nature.kind === 'no-selector' ? words.noSelector : words.serviceState[state]
}

function putStatus(at: AtService, view: PipelineView): void {
  const { out, words } = at
  const lines = [
    out.paint('bold', at.say(view.headline)),
    words.where({ cluster: at.cluster.name, namespace: view.namespace, service: view.service.name }),
    ...incidentLines(at, view),
    ...(view.freshness.kind === 'stale'
      ? [out.paint('yellow', words.stale(whyText(view.freshness.why, at.options.language)))]
      : []),
    ...(view.denied === undefined ? [] : [out.paint('yellow', words.denied(view.denied))]),
    ...endpointLines(at, view),
    ...(view.release === undefined || view.release.state === 'ended' ? [] : [words.driver(view.lock)]),
    '',
    ...(view.batches.length === 0
      ? []
      : textTable([words.batchHeads, ...view.batches.map((batch) => batchRow(at, batch))])),
    ...gatedLines(at, view),
    ...view.batches.flatMap(({ write }) =>
      write === undefined ? [] : [out.paint('yellow', at.say(write.sentence))],
    ),
    ...gateLines(at, view.release?.state === 'ended' ? [] : (view.release?.gates ?? [])),
  ]
  out.put(statusLine(at, view), lines)
}

/** Of a Service that fails without a release of ours: what was changed, and how to take it back. */
function incidentLines(at: AtService, { incident, batches }: PipelineView): readonly string[] {
  if (incident === undefined) return []
  const { changes, proposal } = incident
  if (changes.length === 0) return [at.say({ kind: 'incident-unchanged' })]
  const changed = at.say({
    kind: 'incident-changed',
    batches: changes.map((one) => one.number).toSorted((a, b) => a - b),
    all: changes.length === batches.length,
    managers: [...new Set(changes.map((one) => one.manager))].filter((name) => name !== ''),
  })
  if (proposal === undefined) return [changed]
  const command = commandLine(at, at.target, ['go-back', '--at', dayText(proposal.at)])
  return [changed, at.words.incidentProposal(proposal.pods, proposal.version, command)]
}

/** What shares the traffic; of a Service without any, its headline has said what it is instead. */
function endpointLines({ out, words }: AtService, { endpoints, service }: PipelineView): readonly string[] {
  const { ready, expected, others } = endpoints
  if (expected === 0) return []
  const owners = others.owners.map(({ kind, name, pods }) => `${kind} ${name} (${pods})`)
  return [
    words.endpoints(ready, expected),
    ...(others.all === 0 ? [] : [words.otherEndpoints(others.ready, others.all, owners)]),
    ...(service.publishesNotReady ? [out.paint('yellow', words.publishesNotReady)] : []),
    ...(service.nature.kind === 'headless' ? [words.headless] : []),
  ]
}

function batchRow(at: AtService, batch: BatchView): readonly string[] {
  const reason = batch.trouble === undefined ? '' : ` (${batch.trouble.reason})`
  return [
    `${batch.number}`,
    batch.name,
    runningVersion(batch),
    `${batch.ready}/${batch.desired}`,
    `${batch.restarts}`,
    `${at.say(batch.sentence)}${reason}`,
  ]
}

/** Pods that run and are kept out of the Service by a readiness gate: nothing else of the picture says why. */
function gatedLines(at: AtService, { batches }: PipelineView): readonly string[] {
  const lines = batches.flatMap(({ number, gated }) =>
    gated === undefined ? [] : [at.out.paint('yellow', at.say(gatedSentence(number, gated)))],
  )
  return lines.length === 0 ? [] : ['', ...lines]
}

const marks = { waiting: '.', open: '+', blocked: 'x', yours: '>' } as const

function gateLines(at: AtService, gates: readonly GateView[]): readonly string[] {
  if (gates.length === 0) return []
  return [
    '',
    ...textTable([
      at.words.gateHeads,
      ...gates.map((gate) => [
        `${gate.afterNumber}`,
        gate.lines.map((line) => `${marks[line.look]} ${at.say(line.sentence)}`).join('  '),
      ]),
    ]),
  ]
}

function incidentLine({ ready, desired, proposal }: Incident): StatusLine['incident'] {
  return {
    ready,
    desired,
    ...(proposal !== undefined && {
      backTo: { at: proposal.at, version: proposal.version, pods: proposal.pods },
    }),
  }
}

type StatusLine = Extract<OutputLine, { readonly kind: 'status' }>

function statusLine(at: AtService, view: PipelineView): OutputLine {
  const { release, lock } = view
  return {
    kind: 'status',
    cluster: at.cluster.name,
    namespace: view.namespace,
    service: view.service.name,
    freshness: view.freshness.kind,
    headline: view.headline.kind,
    text: at.say(view.headline),
    endpoints: {
      ready: view.endpoints.ready,
      expected: view.endpoints.expected,
      others: { ready: view.endpoints.others.ready, all: view.endpoints.others.all },
    },
    lock: {
      kind: lock.kind,
      ...(lock.kind === 'other' && { holder: lock.holder, expired: lock.expired }),
    },
    ...(release !== undefined && {
      release: {
        id: release.id,
        state: release.state,
        change: release.change,
        startedAt: release.startedAt,
        startedBy: release.startedBy,
        ...(release.outcome !== undefined && { outcome: release.outcome }),
        ...(release.tag !== undefined && { tag: release.tag }),
        ...(release.unwritten !== undefined && {
          unwritten: {
            ...release.unwritten,
            message: release.fault === undefined ? '' : faultText(release.fault, 'en'),
          },
        }),
      },
    }),
    ...(view.incident !== undefined && { incident: incidentLine(view.incident) }),
    batches: view.batches.map((batch) => ({
      number: batch.number,
      name: batch.name,
      look: batch.look,
      text: at.say(batch.sentence),
      desired: batch.desired,
      // As its text says: two numbers for one thing would be one too many.
      updated: 'updated' in batch.sentence ? batch.sentence.updated : batch.updated,
      ready: batch.ready,
      available: batch.available,
      old: batch.old,
      restarts: batch.restarts,
      images: batch.images,
      ...(batch.gated !== undefined && { gated: batch.gated }),
      ...(batch.write !== undefined && {
        write: {
          kind: batch.write.sentence.write,
          message: batch.write.message,
          tries: batch.write.tries,
          since: batch.write.since,
          ...(batch.write.until !== undefined && { until: batch.write.until }),
        },
      }),
      ...(batch.trouble !== undefined && {
        failure: {
          reason: batch.trouble.reason,
          message: batch.trouble.message,
          pods: batch.trouble.pods,
          ...(batch.trouble.pod !== undefined && { pod: batch.trouble.pod }),
          ...(batch.trouble.container !== undefined && { container: batch.trouble.container }),
        },
      }),
    })),
    gates: (release?.gates ?? []).map((gate) => ({
      after: gate.afterNumber,
      stage: gate.stage.kind,
      lines: gate.lines.map(({ gate: name, look, sentence }) => ({
        // A gate that speaks for itself goes by its name: scripts tell two of them apart.
        gate: sentence.kind === 'gate-own' ? sentence.gate : name,
        look,
        text: at.say(sentence),
      })),
    })),
  }
}
