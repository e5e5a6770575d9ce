import { expect, test } from 'vitest'
import { readyGate } from '../../../../shared/release/gates/ready.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { buildBatch } from '../../../support/build-batch.ts'

test.each([
  ['none stood there before', 5000, undefined, 'fail'],
  ['it stood there before our patch', 5000, 5000, 'open'],
  ['another one, later', 6000, 5000, 'fail'],
  ['another one, of controllers on a computer whose clock is behind', 4000, 5000, 'fail'],
] as const)('a deadline is ours unless it is the one that was passed before: %s', (...row) => {
  const [, at, before, kind] = row
  const batch = buildBatch(2, { deadlineExceededAt: at })
  const input = {
    gates: defaultGates,
    batch,
    generation: 1,
    restarts: undefined,
    restartsBefore: 0,
    deadlineBefore: before,
  }
  expect(readyGate(input).kind).toBe(kind)
})
