import { expect, test } from 'vitest'
import { words } from '../../../../renderer/i18n/words.ts'
import { matching, paletteCommands } from '../../../../renderer/shell/palette-commands.ts'
import { scenario } from '../../../visual/scenario.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const { payloads } = scenario('canary')
const commands = paletteCommands({
  words: words.en,
  clusters: payloads.clusters,
  services: payloads.services,
  release: pipelineStates.canary().release,
})

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
