import { z } from 'zod'
import type { ConnectionId, ReleaseId, Uid } from './ids.ts'
import { kubeconfigBytes, utf8Bytes } from './limits.ts'
import type { CheckReport } from './preflight/check.ts'
import type { DoctorReport } from './model/doctor.ts'
import type { HistoryView } from './history/history-view.ts'
import type { KubeconfigReport } from './model/kubeconfig-report.ts'
import type { Notice } from './view/notice.ts'
import type { PipelineView } from './view/pipeline.ts'
import type { SavedPlan } from './release/saved-plan.ts'
import type { RightsReport } from './model/rights.ts'
import { largestFor, largestReplicas, largestSize } from './view/sizes.ts'
import type { TemplateDiff, TemplatePreview } from './model/template-preview.ts'
import type { FailurePolicy } from './release/plan.ts'
import { settingRows, type Gates } from './release/gates/gate-table.ts'
import type { Setting } from './release/gates/setting.ts'
import type { ForwardView } from './view/forward-view.ts'
import type { PodsView } from './view/pods-view.ts'
import type { ClustersView } from './view/clusters-view.ts'
import type { ServicesView } from './view/services-view.ts'
import type { TrainingView } from './view/training-view.ts'
import type { Reloadable } from './view/reloadable.ts'

/*
 * All that a page, a terminal or a script can ask for: at most 42 commands, and 6 feeds. There is no arbitrary write, so what
 * may be asked for is a name each.
 *
 * About thirty would be easier to hold in one's head. Why there are more, so that nobody merges what is not one thing:
 * - `release`, 18: each verb has its own way on a production cluster (`command-ways.ts`), its own input and its own
 *   refusals, and may be sent on one press. One command with a `verb` inside would have as many cases, but a verb without
 *   a handler, a way or a word would compile. Two that look alike are not: `roll-back` steers the release that there is,
 *   by its baselines; `go-back` begins one, to what the history says. `pause` is the driver's, `ask` is everybody else's.
 * - `cluster`, 7, and `kubeconfig`, 3: what a person says about a connection on this machine. `unlock` and `lock` are two,
 *   for one needs a typed name and the other must never be kept waiting for one.
 * - the other 14 are read by somebody (`doctor`, `rights`, `template`, `history`, `pod/log`), or keep something (`plan`,
 *   `namespace`), or are of this process alone (`training`, `pod/forward`): whole answers on demand, which a feed would
 *   send again and again.
 *
 * One more needs its reason here, and the number raised: `test/structure.test.ts` counts.
 */

// The page's CSP forbids eval, and zod would probe for it.
z.config({ jitless: true })

const connection = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => text as ConnectionId)
const uid = z
  .string()
  .min(1)
  .max(100)
  .transform((text) => text as Uid)
const name = z.string().min(1).max(253)
/** Whoever has more Deployments behind one Service is told so; a way back is never cut short by a smaller number. */
export const mostBatches = 1_000
const perBatch = <T extends z.ZodType>(one: T) =>
  z.array(one).max(mostBatches, { error: `No more than ${mostBatches} batches are taken at once.` })
const target = z.strictObject({ connection, namespace: name, service: name })
const typedName = z.string().max(1_000)
const kubeconfigText = z.string().refine((text) => utf8Bytes(text) <= kubeconfigBytes, 'It is too large.')
const kubeconfigSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), name: z.string().max(100), text: kubeconfigText }),
  /** A file or a folder of this machine, by its absolute path. */
  z.strictObject({ kind: z.literal('path'), path: z.string().min(1).max(4_096) }),
])
const tcpPort = z.int().min(1).max(65_535)
const request = z.string().min(8).max(64)
const gates = z.strictObject(
  Object.fromEntries(settingRows.map(([name, setting]) => [name, settingSchema(setting)])),
) as unknown as z.ZodType<Gates, Gates>
/** A function declaration, for what stands above it. */
function settingSchema(setting: Setting): z.ZodType {
  return setting.kind === 'flag' ? z.boolean() : z.int().min(0).max(setting.most)
}

const size = z
  .strictObject({ batch: uid, from: z.int().min(0).max(largestReplicas), to: z.int().min(0) })
  .refine(({ from, to }) => to <= largestFor(from), { error: `No batch gets more than ${largestSize} pods.` })
const sizes = perBatch(size)
const steps = perBatch(z.strictObject({ batch: uid, gates, leftOut: z.boolean() }))
const onFailure = z.enum([
  'pause',
  'roll-back-batch',
  'roll-back-all',
  'roll-back-batch-by-batch',
]) satisfies z.ZodType<FailurePolicy>
const batchLimitSeconds = z.int().min(10).max(86_400)
const mode = z.enum(['at-once', 'batch-by-batch'])
const templateText = z.string().max(200_000)
/**
 * A pod template as edited from that of one batch. `base`: the text that was shown for it, without which it is what the
 * batch runs now. `answers`: which of two holds where the edit and a batch both changed a place, by a person who saw
 * the template with this digest; `otherwise`: for all places that are not answered.
 */
const taken = z.enum(['own', 'edited'])
const templateEdit = {
  batch: uid,
  text: templateText,
  base: templateText.optional(),
  answers: z
    .array(
      z.strictObject({ batch: uid, path: z.string().max(2_000), take: taken, seen: z.string().max(100) }),
    )
    .max(2_000)
    .optional(),
  otherwise: taken.optional(),
}
/** Templates by their digests: what a batch is to run again, or what the person saw it run. */
const digests = perBatch(z.strictObject({ batch: uid, digest: z.string().min(1).max(40) }))
const change = z.discriminatedUnion('kind', [
  /** Whole image references, each for one container of one batch: nothing is worked out later than it was seen. */
  z.strictObject({
    kind: z.literal('image'),
    images: z
      .array(
        z.strictObject({ batch: uid, container: z.string().min(1).max(253), image: z.string().max(1_000) }),
      )
      .max(5 * mostBatches),
  }),
  z.strictObject({ kind: z.literal('restart') }),
  /**
   * The pod template of one batch as edited (YAML or JSON); what differs is brought to every batch. `seen`: what each batch
   * ran when its differences were shown; a batch that runs another one by now is refused, for nobody has seen what it gets.
   */
  z.strictObject({ kind: z.literal('template'), ...templateEdit, seen: digests.optional() }),
  /** Only the sizes change. */
  z.strictObject({ kind: z.literal('none') }),
])
const draft = z.strictObject({
  target,
  change,
  sizes,
  /** One per batch, in the order of the release. */
  steps,
  onFailure,
  batchLimitSeconds,
  /** The release that runs and whose place this one is to take; `rest`: only the batches that are not done yet. */
  supersedes: z.strictObject({ release: z.string(), from: z.enum(['canary', 'rest']) }).optional(),
  /** Without the right to write Leases: no lock, and the journal on this machine only. A person has agreed. */
  withoutLock: z.boolean().optional(),
})

/** Kept for a Service and used again: batches go by their names. */
const savedPlan = z.strictObject({
  steps: perBatch(z.strictObject({ name, gates, leftOut: z.boolean() })),
  onFailure,
  batchLimitSeconds,
}) satisfies z.ZodType<SavedPlan>
const planName = z.string().trim().min(1).max(60)

/**
 * What every command that steers a release says of it: which one is meant, and its version that the person saw. What has
 * moved on since in a way that matters is refused: nobody decides about what they have not seen.
 */
const steering = { request, target, release: z.string(), version: z.int().min(0).optional() }

/** Verbs of the domain. Those that change a cluster carry a request id made by the page: the same id twice acts once. */
export const commands = {
  'cluster/connect': { input: z.strictObject({ connection, consent: z.string().max(200).optional() }) },
  /** `leaves`: the Services whose release is run there from here, as the person was told of them: others refuse it. */
  'cluster/disconnect': {
    input: z.strictObject({ connection, leaves: z.array(name).max(1_000).optional() }),
  },
  'cluster/rescan': { input: z.strictObject({}) },
  /** What a person says about a cluster; kept on this machine, never in the kubeconfig. Replaces what was said before. */
  'cluster/settings': {
    input: z.strictObject({
      connection,
      /** Another name for it; empty: the context's. */
      alias: z.string().trim().max(60),
      /** One of eight; absent: by its name. */
      colour: z.int().min(1).max(8).optional(),
      /** Absent: by its name. */
      production: z.boolean().optional(),
      /** The context's name, typed: needed where a cluster that is read-only would cease to be. */
      typed: typedName.optional(),
    }),
  },
  /** Switches changes to a production cluster on for 15 minutes. `typed`: the context's name, as the person typed it. */
  'cluster/unlock': { input: z.strictObject({ connection, typed: typedName }) },
  /** A line for the plugin that signs in and reads its stdin: for the very run whose question was read. */
  'cluster/answer': {
    input: z.strictObject({ connection, run: z.int().min(0), line: z.string().max(10_000) }),
  },
  'cluster/lock': { input: z.strictObject({ connection }) },
  /** What pasted or dropped text would bring, and what it would run, before anything is trusted. */
  'kubeconfig/inspect': { input: kubeconfigSource },
  'kubeconfig/add': { input: kubeconfigSource },
  'kubeconfig/remove': { input: z.strictObject({ path: z.string().min(1).max(4_096) }) },
  /** How everything that is known stands, for a person who looks for what is wrong. Without secrets. */
  'doctor/report': { input: z.strictObject({}) },
  /** Asks the server, verb by verb, what may be done in a namespace. */
  'rights/review': { input: z.strictObject({ connection, namespace: name }) },
  'namespace/add': { input: z.strictObject({ connection, namespace: name }) },
  'release/check': { input: draft },
  'release/start': { input: z.strictObject({ request, draft }) },
  /** The pod template of a batch in YAML, to be edited. */
  'template/show': { input: z.strictObject({ target, batch: uid }) },
  /** What a template that was edited there would change on each batch; the server is asked, nothing is written. */
  'template/preview': { input: z.strictObject({ target, ...templateEdit }) },
  'release/pause': { input: z.strictObject(steering) },
  'release/resume': { input: z.strictObject(steering) },
  'release/freeze': { input: z.strictObject(steering) },
  'release/retry': { input: z.strictObject({ ...steering, batch: uid }) },
  'release/skip': { input: z.strictObject({ ...steering, batch: uid }) },
  'release/adopt': { input: z.strictObject({ ...steering, batch: uid }) },
  'release/restore': { input: z.strictObject({ ...steering, batch: uid }) },
  'release/change-plan': {
    input: z.strictObject({
      ...steering,
      change: z.strictObject({
        steps,
        sizes,
        onFailure: onFailure.optional(),
        batchLimitSeconds: batchLimitSeconds.optional(),
      }),
    }),
  },
  'release/approve': {
    input: z.strictObject({ ...steering, step: z.int().min(0) }),
  },
  'release/push-all': { input: z.strictObject(steering) },
  'release/stop': { input: z.strictObject(steering) },
  /** Goes on with a release that nobody drives; `paused`: only to brake it, nothing further begins. */
  'release/take-over': {
    input: z.strictObject({ ...steering, paused: z.boolean().optional() }),
  },
  'release/roll-back': {
    input: z.strictObject({
      ...steering,
      mode,
      batches: perBatch(uid),
    }),
  },
  /** Asks whoever drives the release to pause or stop it. */
  'release/ask': {
    input: z.strictObject({ ...steering, wish: z.enum(['pause', 'stop']) }),
  },
  /** Sets a journal aside that can't be read: what runs now is where things stand. */
  'release/forget': { input: z.strictObject({ request, target, version: z.string().max(100) }) },
  /** Back to what batches ran in the past, whoever has changed them since. `at`: it is the whole set as it was then. */
  'release/go-back': {
    input: z.strictObject({
      request,
      target,
      mode,
      revisions: digests.min(1),
      from: digests,
      at: z.number().optional(),
      supersedes: z.string().optional(),
      withoutLock: z.boolean().optional(),
    }),
  },
  'history/list': { input: z.strictObject({ target }) },
  /** What going back to these templates would change on each batch. */
  'history/differences': { input: z.strictObject({ target, revisions: digests.min(1) }) },
  'plan/save': { input: z.strictObject({ target, name: planName, plan: savedPlan }) },
  'plan/remove': { input: z.strictObject({ target, name: planName }) },
  /** Without a container, that of a pod that has one only. `previous`: of its instance before this one. */
  'pod/log': {
    input: z.strictObject({ target, pod: name, container: name.optional(), previous: z.boolean() }),
  },
  /** A port of a pod, that of the Service where none is named, on a port of this machine; `open`: in the browser, too. */
  'pod/forward': {
    input: z.strictObject({
      target,
      pod: name,
      port: tcpPort.optional(),
      localPort: tcpPort.optional(),
      open: z.boolean().optional(),
    }),
  },
  'pod/stop-forward': { input: z.strictObject({ forward: z.string().max(100) }) },
  'training/speed': { input: z.strictObject({ factor: z.number().min(1).max(20) }) },
  'training/reset': { input: z.strictObject({}) },
} as const

/** What each command answers with, inside a Reply. */
export type CommandOutputs = {
  'cluster/connect': null
  'cluster/disconnect': null
  'cluster/rescan': null
  'cluster/settings': null
  'cluster/unlock': null
  'cluster/lock': null
  'cluster/answer': null
  'kubeconfig/inspect': KubeconfigReport
  'kubeconfig/add': null
  'kubeconfig/remove': null
  'doctor/report': DoctorReport
  'rights/review': RightsReport
  'namespace/add': null
  'release/check': CheckReport
  'release/start': { readonly release: ReleaseId }
  'template/show': { readonly text: string }
  'template/preview': TemplatePreview
  'release/pause': null
  'release/resume': null
  'release/freeze': null
  'release/retry': null
  'release/skip': null
  'release/adopt': null
  'release/restore': null
  'release/change-plan': null
  'release/approve': null
  'release/push-all': null
  'release/stop': null
  'release/take-over': null
  'release/roll-back': null
  'release/ask': null
  'release/forget': null
  'release/go-back': { readonly release: ReleaseId }
  'history/list': HistoryView
  'history/differences': readonly TemplateDiff[]
  'plan/save': null
  'plan/remove': null
  'pod/log': { readonly lines: readonly string[] }
  'pod/forward': ForwardView
  'pod/stop-forward': null
  'training/speed': null
  'training/reset': null
}

export const feeds = {
  clusters: { params: z.strictObject({}) },
  services: { params: z.strictObject({ connection, namespace: name }) },
  pipeline: { params: target },
  pods: { params: target },
  training: { params: z.strictObject({}) },
  /** Of every release that is driven here, whatever is looked at. */
  notices: { params: z.strictObject({}) },
} as const

/** What each feed sends: always the whole small view. */
export type FeedPayloads = {
  clusters: ClustersView
  services: ServicesView
  pipeline: Reloadable<PipelineView>
  pods: Reloadable<PodsView>
  training: TrainingView
  notices: readonly Notice[]
}

export type CommandName = keyof typeof commands
export type FeedName = keyof typeof feeds
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>
export type CommandOutput<N extends CommandName> = CommandOutputs[N]
export type FeedParams<N extends FeedName> = z.input<(typeof feeds)[N]['params']>
export type FeedPayload<N extends FeedName> = FeedPayloads[N]
export type Draft = z.output<typeof draft>
export type Target = z.output<typeof target>
