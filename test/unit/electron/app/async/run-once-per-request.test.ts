import { expect, test } from 'vitest'
import { failedInWords, ok } from '../../../../../shared/fault.ts'
import { runOncePerRequest } from '../../../../../electron/app/async/run-once-per-request.ts'

test('a request that is sent twice acts once, and both get the same reply', async () => {
  let runs = 0
  const remembered = runOncePerRequest()
  const run = () => Promise.resolve(ok(++runs))
  expect(await Promise.all([remembered('request-1', run), remembered('request-1', run)])).toEqual([
    ok(1),
    ok(1),
  ])
  expect(await remembered('request-2', run)).toEqual(ok(2))
})

test('what a read-only cluster refused is done when the same request comes again', async () => {
  let locked = true
  const run = () => Promise.resolve(locked ? failedInWords('read-only', 'Nothing was changed.') : ok('done'))
  const remembered = runOncePerRequest()
  expect(await remembered('request-1', run)).toMatchObject({ ok: false })
  locked = false
  expect(await remembered('request-1', run)).toEqual(ok('done'))
})
