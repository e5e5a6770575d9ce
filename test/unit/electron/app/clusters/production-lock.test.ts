import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createChangeSwitch, type ChangeSwitch } from '../../../../../electron/app/clusters/production-lock.ts'
import { openSettings } from '../../../../../electron/app/storage/settings-file.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { createSkippingClock } from '../../../../support/skipping-clock.ts'

let folder: string
let changes: ChangeSwitch
const training = { id: connectionId('training'), name: 'training', file: '' }
const named = (name: string, file = '/home/li/.kube/config') => ({ id: connectionId(name), name, file })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-changes-'))
  changes = open()
})
afterEach(() => {
  changes.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): ChangeSwitch {
  const settings = openSettings(folder, { newId: () => 'install-1', log: () => undefined })
  return createChangeSwitch({ clock: createSkippingClock(), settings, training: training.id })
}

test('the name of a context or of its file makes it production; the person corrects both', () => {
  expect(changes.refusal(named('gov-prod'))).toMatchObject({ code: 'read-only' })
  expect(changes.refusal(named('admin@kubernetes', '/home/li/.kube/prod.yaml'))).toBeDefined()
  expect(changes.refusal(named('gov-staging'))).toBeUndefined()
  changes.settle(named('gov-staging'), { alias: '', production: true })
  changes.settle(named('gov-prod'), { alias: '', production: false, typed: 'gov-prod' })
  changes.close()
  changes = open()
  expect(changes.refusal(named('gov-staging'))).toBeDefined()
  expect(changes.refusal(named('gov-prod'))).toBeUndefined()
})

test('the training cluster is never production, whatever is said', () => {
  changes.settle(training, { alias: '', production: true })
  expect([changes.refusal(training), changes.view(training)]).toEqual([undefined, {}])
})

test('an unlocked cluster is read-only again in the next process', () => {
  const prod = named('gov-prod')
  changes.unlock(prod, 'gov-prod')
  expect(changes.refusal(prod)).toBeUndefined()
  const beside = open()
  expect(beside.refusal(prod)).toBeDefined()
  beside.close()
})
