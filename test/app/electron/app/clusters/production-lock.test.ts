import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createProductionLock,
  type ProductionLock,
} from '../../../../../electron/app/clusters/production-lock.ts'
import { openSettings } from '../../../../../electron/app/storage/settings-file.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { createSkippingClock } from '../../../../support/skipping-clock.ts'

let folder: string
let productionLock: ProductionLock
const training = { id: connectionId('training'), name: 'training', file: '' }
const named = (name: string, file = '/home/li/.kube/config') => ({ id: connectionId(name), name, file })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-changes-'))
  productionLock = open()
})
afterEach(() => {
  productionLock.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): ProductionLock {
  const settings = openSettings(folder, { newId: () => 'install-1', log: () => undefined })
  return createProductionLock({ clock: createSkippingClock(), settings, training: training.id })
}

test('the name of a context or of its file makes it production; the person corrects both', () => {
  expect(productionLock.refusal(named('gov-prod'))).toMatchObject({ code: 'read-only' })
  expect(productionLock.refusal(named('admin@kubernetes', '/home/li/.kube/prod.yaml'))).toBeDefined()
  expect(productionLock.refusal(named('gov-staging'))).toBeUndefined()
  productionLock.settle(named('gov-staging'), { alias: '', production: true })
  productionLock.settle(named('gov-prod'), { alias: '', production: false, typed: 'gov-prod' })
  productionLock.close()
  productionLock = open()
  expect(productionLock.refusal(named('gov-staging'))).toBeDefined()
  expect(productionLock.refusal(named('gov-prod'))).toBeUndefined()
})

test('the training cluster is never production, whatever is said', () => {
  productionLock.settle(training, { alias: '', production: true })
  expect([productionLock.refusal(training), productionLock.view(training)]).toEqual([undefined, {}])
})

test('an unlocked cluster is read-only again in the next process', () => {
  const prod = named('gov-prod')
  productionLock.unlock(prod, 'gov-prod')
  expect(productionLock.refusal(prod)).toBeUndefined()
  const beside = open()
  expect(beside.refusal(prod)).toBeDefined()
  beside.close()
})
