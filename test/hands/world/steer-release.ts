import { failedInWords, ok, type Reply } from '../../../shared/fault.ts'
import type { VerbName } from '../../../shared/release/verbs.ts'
import type { WorldRelease, WorldService, WorldStep } from './places.ts'
import { nextOf, waitingStep } from './release-picture.ts'

type About = {
  readonly release: string
  readonly step?: number | undefined
  readonly batch?: string | undefined
}

/** Does a verb to the release of a Service as the application would. */
export function steerRelease(service: WorldService, verb: VerbName, about: About): Reply<null> {
  const { release } = service
  if (release === undefined || release.id !== about.release)
    return failedInWords('moved-on', 'Another release stands there by now.')
  const done = apply(service, release, { verb, about })
  if (!done) return failedInWords('moved-on', `Nothing of it was done: ${verb} is not possible any more.`)
  release.version++
  return ok(null)
}

type Doing = { readonly verb: VerbName; readonly about: About }

function apply(service: WorldService, release: WorldRelease, { verb, about }: Doing): boolean {
  switch (verb) {
    case 'approve':
      return about.step === waitingStep(release) && begin(service, release, nextOf(release, about.step ?? -1))
    case 'push-all':
      for (const step of release.steps) step.gates = { ...step.gates, approval: false }
      return true
    case 'pause':
    case 'freeze':
      release.state = 'paused'
      return true
    case 'resume':
    case 'retry':
    case 'adopt':
    case 'restore':
      for (const step of release.steps) if (step.phase === 'failing') step.phase = 'rolling'
      release.state = 'running'
      return true
    case 'skip': {
      const step = release.steps.find((one) => one.batch === about.batch)
      if (step === undefined) return false
      step.phase = 'skipped'
      if (release.state === 'held') release.state = 'running'
      return true
    }
    case 'stop':
      return end(release, 'stopped')
    case 'take-over':
      release.driver = 'us'
      return true
    case 'roll-back':
      release.state = 'rolling-back'
      for (const step of release.steps)
        if (step.phase !== 'waiting' && step.phase !== 'skipped') step.phase = 'returning'
      return true
  }
}

function begin(service: WorldService, release: WorldRelease, step: WorldStep | undefined): boolean {
  const batch = service.batches.find((one) => one.uid === step?.batch)
  if (step === undefined || batch === undefined) return false
  step.phase = 'rolling'
  const planned = release.planned.get(batch.uid)
  if (planned !== undefined) batch.desired = planned
  release.planned.delete(batch.uid)
  return true
}

function end(release: WorldRelease, outcome: NonNullable<WorldRelease['outcome']>): boolean {
  release.state = 'ended'
  release.outcome = outcome
  return true
}

/** What the release does by itself: one step of it. */
export function moveOn(service: WorldService): void {
  const { release } = service
  if (release === undefined || release.driver === 'nobody') return
  release.version++
  if (release.state === 'rolling-back') {
    end(release, 'rolled-back')
    return
  }
  if (release.state !== 'running') return
  const rolling = release.steps.findIndex((step) => step.phase === 'rolling')
  const step = release.steps[rolling]
  if (step !== undefined) {
    step.phase = 'done'
    const batch = service.batches.find((one) => one.uid === step.batch)
    if (batch !== undefined) {
      batch.tag = release.tag
      batch.generation++
    }
    const next = nextOf(release, rolling)
    if (next === undefined) end(release, 'done')
    else if (!step.gates.approval) begin(service, release, next)
    return
  }
  if (waitingStep(release) === undefined) {
    const next = release.steps.find((one) => one.phase === 'waiting')
    if (!begin(service, release, next)) end(release, 'done')
  }
}

/** A batch of it fails, or comes round again. */
export function stumble(service: WorldService): void {
  const { release } = service
  const step = release?.steps.find((one) => one.phase === 'rolling' || one.phase === 'failing')
  if (release === undefined || step === undefined || release.state === 'ended') return
  const fails = step.phase === 'rolling'
  step.phase = fails ? 'failing' : 'rolling'
  release.state = fails ? 'held' : 'running'
  release.version++
}
