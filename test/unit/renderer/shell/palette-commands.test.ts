import { expect, test } from 'vitest'
import type { ClusterView } from '../../../../shared/contract.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { matching, paletteCommands } from '../../../../renderer/shell/palette-commands.ts'
import { scenario } from '../../../visual/scenario.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const { payloads } = scenario('canary')
const input = {
  words: words.en,
  clusters: payloads.clusters,
  cluster: undefined,
  services: payloads.services,
  release: pipelineStates.canary().release,
}
const commands = paletteCommands(input)

test('only verbs that can be done now are offered, named with their target', () => {
  const verbs = commands.filter((command) => command.action.kind === 'verb').map((command) => command.text)
  expect(verbs).toContain('Approve batch 2 – 16 pods')
  expect(verbs).not.toContain('Resume')
})

test('every id is its own, as the list box points at the active one by id', () => {
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length)
})

test('words match in any order and case', () => {
  expect(matching(commands, 'HTTP go').map((command) => command.text)).toEqual(['Go to demo-http'])
  expect(matching(commands, 'nothing like it')).toEqual([])
})

test('the settings of a cluster are offered while one is looked at that has some', () => {
  const offers = (cluster: ClusterView | undefined) =>
    paletteCommands({ ...input, cluster }).some((command) => command.id === 'settings')
  const real = payloads.clusters.clusters.find((one) => !one.training)
  const training = payloads.clusters.clusters.find((one) => one.training)
  expect([real, training].map((one) => one !== undefined && offers(one))).toEqual([true, false])
  expect(offers(undefined)).toBe(false)
})
