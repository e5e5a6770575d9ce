import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as GateOptions from '../../../../../electron/cli/arguments/gate-options.ts'
import type * as Options from '../../../../../electron/cli/arguments/options.ts'
import type * as CommandTable from '../../../../../electron/cli/commands/command-table.ts'
import type * as Help from '../../../../../electron/cli/words/help.ts'
import { journalSchema } from '../../../../../electron/release/journal-schema.ts'
import type * as JournalSchema from '../../../../../electron/release/journal-schema.ts'
import type * as UseWords from '../../../../../renderer/i18n/use-words.ts'
import type * as WordsOfPage from '../../../../../renderer/i18n/words.ts'
import type * as PlanRow from '../../../../../renderer/plan/plan-row.tsx'
import type * as PlanTexts from '../../../../../renderer/plan/plan-texts.ts'
import type * as Contract from '../../../../../shared/contract.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import type * as Decide from '../../../../../shared/release/decide.ts'
import type * as GateTable from '../../../../../shared/release/gates/gate-table.ts'
import type { Gates } from '../../../../../shared/release/gates/gate-table.ts'
import type { Release } from '../../../../../shared/release/release.ts'
import type * as Settle from '../../../../../shared/release/settle/settle.ts'
import type { BatchView } from '../../../../../shared/view/batch-view.ts'
import type * as PipelineView from '../../../../../shared/view/pipeline-view.ts'
import type * as Say from '../../../../../shared/words/say.ts'
import { alteredCopy } from '../../../../support/altered-copy.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../../support/build-batch.ts'
import { buildPod } from '../../../../support/build-pod.ts'
import { buildRelease, quickGates } from '../../../../support/build-release.ts'

/** All that a new gate is: this file, and its line in the gate table. */
const quiet = `
import type { Gate } from './gate.ts'

export const quiet: Gate<{ readonly quietSeconds: number }> = {
  settings: {
    quietSeconds: {
      kind: 'seconds',
      usual: 0,
      most: 600,
      option: { name: 'quiet', what: { en: 'No restart for so long.', zh: '这么久没有重启。' } },
      words: {
        en: {
          column: 'Quiet',
          of: (batch) => \`Quiet seconds of batch \${batch}\`,
          short: (seconds) => (seconds > 0 ? \`quiet \${seconds} s\` : ''),
        },
        zh: {
          column: '安静',
          of: (batch) => \`第 \${batch} 批安静的秒数\`,
          short: (seconds) => (seconds > 0 ? \`安静 \${seconds} 秒\` : ''),
        },
      },
    },
  },
  lines: {
    id: 'quiet',
    line: ({ quietSeconds: seconds }) =>
      seconds > 0 ? { en: \`quiet for \${seconds} s\`, zh: \`安静 \${seconds} 秒\` } : undefined,
    failed: { en: 'it was not quiet', zh: '不够安静' },
  },
  evaluate({ gates: { quietSeconds }, batch, wholeSince, now }) {
    if (quietSeconds > 0 && batch.pods.some((pod) => pod.name === 'loud'))
      return { kind: 'fail', hold: { kind: 'gate', batch: batch.uid, gate: 'quiet' } }
    if (wholeSince === undefined || batch.pods.some((pod) => pod.name === 'undecided')) return { kind: 'wait' }
    const until = wholeSince + quietSeconds * 1000
    return now >= until ? { kind: 'open' } : { kind: 'wait', until }
  },
}
`
const copy = alteredCopy('gate', {
  files: { 'shared/release/gates/quiet.ts': quiet },
  lines: [
    {
      path: 'shared/release/gates/gate-table.ts',
      before: 'import',
      line: "import { quiet } from './quiet.ts'",
    },
    { path: 'shared/release/gates/gate-table.ts', before: 'approval,', line: '  quiet,' },
  ],
})
afterAll(copy.remove)

let table: typeof GateTable
let say: (typeof Say)['say']
beforeAll(async () => {
  table = (await copy.load('shared/release/gates/gate-table.ts')) as typeof GateTable
  ;({ say } = (await copy.load('shared/words/say.ts')) as typeof Say)
})
const asking = (seconds: number): Gates => ({ ...quickGates, bakeSeconds: 5, quietSeconds: seconds }) as Gates

describe('a gate that was only added to the table', () => {
  test('is part of every plan, and of journals and saved plans from before with its usual value', async () => {
    const ofCopy = (await copy.load('electron/release/journal-schema.ts')) as typeof JournalSchema
    expect(table.defaultGates).toMatchObject({ quietSeconds: 0 })
    const gatesOf = (gates: Gates) => {
      const release = buildRelease(buildBatchSet([buildBatch(2)]), { gates })
      return ofCopy.journalSchema.parse(JSON.parse(JSON.stringify(release))).plan.steps[0]?.gates
    }
    expect(gatesOf(quickGates)).toMatchObject({ ...quickGates, quietSeconds: 0 })
    expect(gatesOf(asking(90))).toMatchObject({ quietSeconds: 90 })
  })

  test('is not dropped without a word by a Tranche that does not know it', () => {
    const isRead = (gates: Gates) => {
      const release = buildRelease(buildBatchSet([buildBatch(2)]), { gates })
      return journalSchema.safeParse(JSON.parse(JSON.stringify(release))).success
    }
    expect([isRead(asking(0)), isRead(asking(90))]).toEqual([true, false])
  })

  test('has its bounds at the door', async () => {
    const { commands } = (await copy.load('shared/contract.ts')) as typeof Contract
    const { plan } = commands['plan/save'].input.shape
    const saved = (seconds: number) =>
      plan.safeParse({
        steps: [{ name: 'shop-1', leftOut: false, gates: asking(seconds) }],
        onFailure: 'pause',
        batchLimitSeconds: 600,
      }).success
    expect([saved(600), saved(601), saved(-1), saved(0.5)]).toEqual([true, false, false, false])
  })

  test('is an option of the terminal, with its help in both languages', async () => {
    const { commandTable } = (await copy.load(
      'electron/cli/commands/command-table.ts',
    )) as typeof CommandTable
    const { commandHelp } = (await copy.load('electron/cli/words/help.ts')) as typeof Help
    const { readOptions } = (await copy.load('electron/cli/arguments/options.ts')) as typeof Options
    const { gatesFrom } = (await copy.load('electron/cli/arguments/gate-options.ts')) as typeof GateOptions
    for (const name of ['plan', 'release']) {
      const command = commandTable.find((one) => one.name === name)
      if (command === undefined) throw new Error(name)
      expect(commandHelp(command, 'en')).toMatch(/--quiet N +No restart for so long\./)
      expect(commandHelp(command, 'zh')).toMatch(/--quiet N +这么久没有重启。/)
    }
    const read = readOptions(['release', '--tag', '2', '--quiet', '2m'], {}, commandTable)
    expect(read.ok && gatesFrom(read.options.line)).toEqual({ ...table.defaultGates, quietSeconds: 120 })
    expect(readOptions(['release', '--tag', '2', '--quiet', 'soon'], {}, commandTable).ok).toBe(false)
  })

  test('has its column and its field in the plan editor, and its words in the plan', async () => {
    const { LanguageContext } = (await copy.load('renderer/i18n/use-words.ts')) as typeof UseWords
    const { PlanRow: Row } = (await copy.load('renderer/plan/plan-row.tsx')) as typeof PlanRow
    const { gateText } = (await copy.load('renderer/plan/plan-texts.ts')) as typeof PlanTexts
    const { words } = (await copy.load('renderer/i18n/words.ts')) as typeof WordsOfPage
    const { uid, name } = buildBatch(2)
    const row = createElement(Row, {
      step: { batch: uid, gates: asking(90), leftOut: false },
      batch: { uid, name, number: 3, desired: 2 } as BatchView,
      ...{ first: true, end: true, last: false, onMove: () => undefined, onChange: () => undefined },
    })
    for (const [language, label, short] of [
      ['en', 'Quiet seconds of batch 3', 'quiet 90 s'],
      ['zh', '第 3 批安静的秒数', '安静 90 秒'],
    ] as const) {
      const page = renderToStaticMarkup(createElement(LanguageContext, { value: language }, row))
      expect(page).toContain(`aria-label="${label}"`)
      expect(gateText(asking(90), false, words[language].plan)).toContain(short)
    }
  })

  test('is waited for after the bake, holds the release when it fails, and says so in the picture', async () => {
    const { decide } = (await copy.load('shared/release/decide.ts')) as typeof Decide
    const { settle } = (await copy.load('shared/release/settle/settle.ts')) as typeof Settle
    const { pipelineView } = (await copy.load('shared/view/pipeline-view.ts')) as typeof PipelineView
    const before = buildBatch(2)
    const after = buildBatch(2, { image: newImage })
    const observe = (batch: typeof before) => ({
      freshness: { kind: 'live' } as const,
      service: true,
      batches: [batch],
    })
    const first = decide(buildRelease(buildBatchSet([before]), { gates: asking(90) }), observe(before), 1000)
    const [effect] = first.effects
    if (effect === undefined) throw new Error('no effect')
    const result = { kind: 'done', generation: 1, digest: after.templateDigest } as const
    const rolling = settle(first.release, effect, { result, now: 1000 })
    const at = (release: Release, now: number, batch = after) => decide(release, observe(batch), now)
    const baking = at(rolling, 2000)
    expect(baking.release.batches[0]?.phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(baking.wakeAt).toBe(92_000)
    expect(at(baking.release, 91_000).release.batches[0]?.phase.kind).toBe('baking')
    expect(at(baking.release, 92_000).release.batches[0]?.phase.kind).toBe('done')

    // One that can't say when it opens is not waited for without end.
    const undecided = { ...after, pods: [buildPod('undecided')] }
    const limit = 10_000 + rolling.plan.batchLimitSeconds * 1000
    const waiting = at(baking.release, 10_000, undecided)
    expect([waiting.release.state.kind, waiting.wakeAt]).toEqual(['running', limit])
    expect(at(waiting.release, limit - 1, undecided).release.state.kind).toBe('running')
    expect(at(waiting.release, limit, undecided).release.state).toMatchObject({
      kind: 'held',
      hold: { kind: 'deadline' },
    })

    const loud = { ...after, pods: [buildPod('loud')] }
    const held = at(baking.release, 50_000, loud).release
    expect(held.state).toMatchObject({ kind: 'held', hold: { kind: 'gate', gate: 'quiet' } })
    const view = pipelineView({
      connection: connectionId('c'),
      set: buildBatchSet([loud]),
      freshness: { kind: 'live' },
      lock: { kind: 'mine' },
      release: held,
      driving: true,
      now: 50_000,
    })
    expect(say(view.headline, 'en')).toContain('Batch 2 failed: it was not quiet')
    expect(say(view.headline, 'zh')).toContain('第 2 批失败：不够安静')
    const line = view.release?.gates[0]?.lines.find((one) => one.gate === 'own')
    expect([line?.look, line && say(line.sentence, 'en'), line && say(line.sentence, 'zh')]).toEqual([
      'blocked',
      'quiet for 90 s',
      '安静 90 秒',
    ])
  })
})
