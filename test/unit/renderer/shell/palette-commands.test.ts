import { expect, test } from 'vitest'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { matching, paletteCommands } from '../../../../renderer/shell/palette-commands.ts'
import { panelTabs } from '../../../../renderer/panel/panel-tabs.ts'
import type { PaletteHands, PaletteInput } from '../../../../renderer/shell/palette-entry.ts'
import { paletteTable } from '../../../../renderer/shell/palette-table.ts'
import { scenario } from '../../../visual/scenario.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const { payloads } = scenario('canary')
const input: PaletteInput = {
  words: words.en,
  language: 'en',
  tabs: panelTabs,
  clusters: payloads.clusters,
  cluster: undefined,
  services: payloads.services,
  release: pipelineStates.canary().release,
  panel: true,
  selection: { connection: undefined, namespace: 'demo', service: undefined },
}
const commands = paletteCommands(input)

test('only verbs that can be done now are offered, named with their target', () => {
  const verbs = commands.filter((command) => command.id.startsWith('verb ')).map((command) => command.text)
  expect(verbs).toContain('Approve batch 2 – 16 pods')
  expect(verbs).not.toContain('Resume')
})

test('every id is its own, as the list box points at the active one by id', () => {
  expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length)
})

test('an entry about another batch is another entry', () => {
  const { release } = input
  if (release === undefined) throw new Error('no release')
  const verbs = release.verbs.map((verb) => (verb.verb === 'approve' ? { ...verb, step: 1 } : verb))
  const later = paletteCommands({ ...input, release: { ...release, verbs } })
  const approve = (all: typeof commands) => all.find((one) => one.id.startsWith('verb approve'))?.id
  expect(approve(commands)).toBeDefined()
  expect(approve(later)).not.toBe(approve(commands))
})

test('nothing is offered that would change nothing: where one is already, tabs without a panel, rights of nothing', () => {
  const [cluster] = payloads.clusters.clusters
  const [service] = payloads.services.services
  if (cluster === undefined || service === undefined) throw new Error('nothing to look at')
  const selection = { connection: cluster.id, namespace: undefined, service: service.name }
  const ids = paletteCommands({ ...input, panel: false, cluster, selection }).map((one) => one.id)
  expect(ids).not.toContain(`cluster ${cluster.id}`)
  expect(ids).not.toContain(`service ${service.name}`)
  expect(ids.filter((id) => id.startsWith('tab '))).toEqual([])
  expect(ids).not.toContain('rights')
})

test('words match in any order and case', () => {
  expect(matching(commands, 'HTTP go').map((command) => command.text)).toEqual(['Go to demo-http'])
  expect(matching(commands, 'nothing like it')).toEqual([])
})

test('the settings of a cluster are offered while one is looked at that has some', () => {
  const offers = (cluster: ClusterView | undefined) =>
    paletteCommands({ ...input, cluster }).some((command) => command.id === 'cluster-settings')
  const real = payloads.clusters.clusters.find((one) => !one.training)
  const training = payloads.clusters.clusters.find((one) => one.training)
  expect([real, training].map((one) => one !== undefined && offers(one))).toEqual([true, false])
  expect(offers(undefined)).toBe(false)
})

test('an entry that was only added to the table is offered, found and run', () => {
  const said: string[] = []
  const hello = {
    id: 'hello',
    icon: 'info',
    text: 'Say hello',
    keys: '',
    run: () => void said.push('hello'),
  } as const
  const found = matching(paletteCommands(input, [...paletteTable, () => [hello]]), 'say hello')
  expect(found.map((one) => one.text)).toEqual(['Say hello'])
  const hands = { rescan: () => undefined } as unknown as PaletteHands
  for (const one of found) one.run(hands)
  expect(said).toEqual(['hello'])
})
