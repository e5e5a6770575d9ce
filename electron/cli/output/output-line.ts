import { z } from 'zod'

const failure = z.strictObject({
  reason: z.string(),
  message: z.string(),
  pods: z.int(),
  pod: z.string().optional(),
  /** Of that pod: the one that fails, and whose log it is. */
  container: z.string().optional(),
})

/**
 * What `--output json` writes: one of these objects per line, `result` last. Fields may be added, never taken away.
 * Times are epoch milliseconds; `text` is one sentence in the chosen language, everything else is for machines.
 */
export const outputLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('context'),
    name: z.string(),
    /** What `--context` takes for exactly this one: its name, unless another one has it too. */
    choose: z.string(),
    file: z.string(),
    server: z.string(),
    namespace: z.string(),
    current: z.boolean(),
    warnings: z.array(z.string()).readonly(),
  }),
  /** Everything that the doctor found, without secrets; its parts are described in shared/model/doctor.ts. */
  z.strictObject({
    kind: z.literal('doctor'),
    report: z.object({
      version: z.string(),
      platform: z.string(),
      at: z.number(),
      files: z.array(z.looseObject({ path: z.string(), state: z.string() })).readonly(),
      contexts: z.array(z.looseObject({ name: z.string(), file: z.string(), state: z.string() })).readonly(),
      connections: z.array(z.looseObject({ name: z.string(), requests: z.int() })).readonly(),
    }),
  }),
  /** What a release would give to one container of one batch; `from` is empty where there is no such container. */
  z.strictObject({
    kind: z.literal('image'),
    batch: z.int(),
    name: z.string(),
    container: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.strictObject({ kind: z.literal('problem'), file: z.string(), text: z.string() }),
  z.strictObject({
    kind: z.literal('service'),
    name: z.string(),
    batches: z.int(),
    pods: z.int(),
    state: z.string(),
  }),
  /** A verb that can't be done any more: `text` says what has happened, `why` why not. */
  z.strictObject({
    kind: z.literal('refused'),
    verb: z.string(),
    headline: z.string(),
    text: z.string(),
    why: z.string(),
  }),
  z.strictObject({
    kind: z.literal('status'),
    cluster: z.string(),
    namespace: z.string(),
    service: z.string(),
    freshness: z.enum(['live', 'stale', 'never']),
    headline: z.string(),
    text: z.string(),
    endpoints: z.strictObject({
      ready: z.int(),
      /** That there are or should be. */
      expected: z.int(),
      /** Those of no batch; they are in both numbers above. */
      others: z.strictObject({ ready: z.int(), all: z.int() }),
    }),
    /** Who holds the lock: `free`, `mine` (this process), `other`, `local` (no lock, journal on this machine) or `unknown`. */
    lock: z.strictObject({
      kind: z.enum(['free', 'mine', 'other', 'local', 'unknown']),
      holder: z.string().optional(),
      expired: z.boolean().optional(),
    }),
    release: z
      .strictObject({
        id: z.string(),
        state: z.enum(['running', 'paused', 'held', 'rolling-back', 'ended']),
        outcome: z.string().optional(),
        change: z.string(),
        tag: z.string().optional(),
        startedAt: z.number(),
        startedBy: z.string(),
        /** The release's record that could not be written: nothing further begins meanwhile. */
        unwritten: z.strictObject({ message: z.string(), tries: z.int(), since: z.number() }).optional(),
      })
      .optional(),
    /** It fails, and no release runs. `backTo`: what ran before the changes that lie nearest. */
    incident: z
      .strictObject({
        ready: z.int(),
        desired: z.int(),
        backTo: z.strictObject({ at: z.number(), version: z.string(), pods: z.int() }).optional(),
      })
      .optional(),
    batches: z
      .array(
        z.strictObject({
          number: z.int(),
          name: z.string(),
          look: z.string(),
          text: z.string(),
          desired: z.int(),
          updated: z.int(),
          ready: z.int(),
          available: z.int(),
          old: z.int(),
          restarts: z.int(),
          images: z
            .array(z.strictObject({ container: z.string(), image: z.string(), init: z.boolean() }))
            .readonly(),
          /** A write to it that has failed so far. `until`: when the trying ends; absent while only a person makes it go on. */
          write: z
            .strictObject({
              kind: z.enum(['change', 'back', 'size', 'freeze', 'thaw']),
              message: z.string(),
              tries: z.int(),
              since: z.number(),
              until: z.number().optional(),
            })
            .optional(),
          failure: failure.optional(),
          /** Pods that run, and that a readiness gate keeps from being ready. */
          gated: z
            .strictObject({ gate: z.string(), message: z.string(), pod: z.string(), pods: z.int() })
            .optional(),
        }),
      )
      .readonly(),
    gates: z
      .array(
        z.strictObject({
          after: z.int(),
          stage: z.string(),
          lines: z.array(z.strictObject({ gate: z.string(), look: z.string(), text: z.string() })).readonly(),
        }),
      )
      .readonly(),
  }),
  z.strictObject({
    kind: z.literal('forecast'),
    afterBatch: z.int(),
    newPods: z.int(),
    /** 0..1 of all pods, and so of the traffic. */
    share: z.number(),
    peakPods: z.int(),
    /** Seconds that its pods should take; absent where no pace is known. */
    seconds: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('check'),
    level: z.enum(['ok', 'info', 'warning', 'blocker']),
    check: z.string(),
    text: z.string(),
  }),
  /** Something has changed. `event`: the kind of its sentence. */
  z.strictObject({ kind: z.literal('event'), at: z.number(), event: z.string(), text: z.string() }),
  /**
   * Something has changed without a release (`status --watch`): once, for all batches that it happened to. `by`: the
   * field manager, where the cluster says one.
   */
  z.strictObject({
    kind: z.literal('change'),
    at: z.number(),
    change: z.enum([
      'image',
      'template',
      'replicas',
      'paused',
      'resumed',
      'added',
      'removed',
      'pods-gone',
      'restarts',
      'failing',
      'short',
      'whole',
    ]),
    batches: z.array(z.int()).readonly(),
    names: z.array(z.string()).readonly(),
    by: z.string().optional(),
    container: z.string().optional(),
    from: z.union([z.string(), z.number()]).optional(),
    to: z.union([z.string(), z.number()]).optional(),
    pods: z.int().optional(),
    restarts: z.int().optional(),
    ready: z.int().optional(),
    desired: z.int().optional(),
    reason: z.string().optional(),
    message: z.string().optional(),
    text: z.string(),
  }),
  z.strictObject({
    kind: z.literal('failure'),
    batch: z.int(),
    name: z.string(),
    ...failure.shape,
    /** The last lines of that pod's log. */
    log: z.array(z.string()).readonly(),
  }),
  z.strictObject({
    kind: z.literal('release'),
    id: z.string(),
    startedAt: z.number(),
    startedBy: z.string(),
    endedAt: z.number().optional(),
    outcome: z.string().optional(),
    /** How it has ended, batch by batch. */
    ending: z.string().optional(),
    change: z.string(),
    images: z.record(z.string(), z.string()).readonly(),
    batches: z.array(z.int()).readonly(),
  }),
  /** A write that was sent and not answered when the command ended: it may still be carried out. */
  z.strictObject({
    kind: z.literal('unanswered'),
    /** The object that it changes. */
    changes: z.string(),
    seconds: z.number(),
    text: z.string(),
  }),
  /** One template that a batch ran; `revision` 0: its number is not known. */
  z.strictObject({
    kind: z.literal('revision'),
    batch: z.int(),
    name: z.string(),
    revision: z.int(),
    since: z.number(),
    /** `by`: it ran at that time already, and nobody knows since when. */
    known: z.enum(['exactly', 'by']),
    current: z.boolean(),
    cause: z.string(),
    /** The person of the release that made it, else the manager that managedFields name. */
    by: z.string().optional(),
    images: z.array(z.strictObject({ container: z.string(), image: z.string() })).readonly(),
    /** Who has it still: the cluster, or only the record of a release. */
    source: z.enum(['replica-set', 'release']),
  }),
  /** A batch that does not go back, because what it ran then is not known, or it never ran that. */
  z.strictObject({
    kind: z.literal('left-out'),
    batch: z.int(),
    name: z.string(),
    why: z.enum(['before', 'gap', 'forgotten', 'not-asked']),
    text: z.string(),
  }),
  /** The last changes that belong together; `at`: the time before them. */
  z.strictObject({
    kind: z.literal('incident'),
    at: z.number(),
    from: z.number(),
    to: z.number(),
    of: z.array(z.int()),
    release: z.string().optional(),
  }),
  /** A port of a pod that is open on this machine, or was: `text` says what has become of it. */
  z.strictObject({
    kind: z.literal('forward'),
    state: z.enum(['open', 'trouble', 'ended']),
    pod: z.string(),
    batch: z.int(),
    port: z.int(),
    localPort: z.int(),
    address: z.string(),
    text: z.string(),
  }),
  z.strictObject({ kind: z.literal('fault'), code: z.string(), text: z.string() }),
  /** How to go on, as a command line. */
  z.strictObject({ kind: z.literal('next'), command: z.string() }),
  z.strictObject({ kind: z.literal('result'), exit: z.int() }),
])
export type OutputLine = z.output<typeof outputLine>
