import type { Uid } from '../../ids.ts'
import type { Release } from '../release.ts'
import { isTouched } from '../standing.ts'
import { setBatch } from '../transitions.ts'

/**
 * A person leaves a batch out of a release that runs. It has proved nothing, so nothing follows on its account: the
 * gate after it asks a person, also where the plan asks nobody, or where all gates were opened before.
 */
export function leftOut(release: Release, batch: Uid): Release {
  const step = release.batches.findIndex((own) => own.uid === batch)
  const own = release.batches[step]
  if (own === undefined) return release
  const phase = { kind: 'skipped', touched: isTouched(own), asks: true } as const
  const approved = release.approved.filter((one) => one !== step)
  return { ...setBatch(release, batch, { phase }), approved }
}
