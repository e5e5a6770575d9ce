import { expect, test } from 'vitest'
import { gatesFrom } from '../../../../../electron/cli/arguments/gate-options.ts'
import { defaultGates } from '../../../../../shared/release/gates/gate-table.ts'
import { wordsIn } from '../../../../../electron/cli/words/cli-words.ts'
import { exitCodes } from '../../../../../electron/cli/session/exit-code.ts'
import { commandHelp, helpText } from '../../../../../electron/cli/words/help.ts'
import { commandTable } from '../../../../../electron/cli/commands/command-table.ts'
import { readOptions } from '../../../../../electron/cli/arguments/options.ts'
import { widthOf } from '../../../../../electron/cli/output/text-table.ts'

const read = (line: string) => readOptions(line.split(' '), {}, commandTable)
function problem(line: string): string {
  const found = read(line)
  return found.ok ? 'no problem' : wordsIn('en').usage(found.problem)
}

test.each([
  ['relase --tag 2', 'There is no command "relase". Did you mean release?'],
  ['release --tga 2', 'There is no option --tga. Did you mean --tag?'],
  ['status --watsh', 'There is no option --watsh. Did you mean --watch?'],
  ['pause --tag 2', 'pause takes no --tag.'],
  ['release --tag', '--tag needs a value.'],
  ['release --tag=', '--tag needs a value.'],
  ['release --restart=now', '--restart takes no value.'],
  ['release --tag 2 --bake soon', '--bake can\'t be "soon". Possible: 30, 30s, 2m, 1h'],
  ['release --tag 2 --tolerance=-1', '--tolerance can\'t be "-1".'],
  ['release --tag 2 --on-failure explode', 'Possible: pause, roll-back-batch, roll-back-all'],
  ['release --tag 2 --image app:3', 'Only one of --image, --tag at a time.'],
  ['release --tag 2 --approve-all --no-approval', 'Only one of --approve-all, --no-approval at a time.'],
  ['release', 'Say what is to be released'],
  ['release --tag 2 --detach', 'A release needs somebody who drives it'],
  ['ask', 'tranche ask pause, or tranche ask stop'],
  ['go-back', 'Say where to go back to'],
  ['go-back --tag 2 --at 14:05', 'Only one of --tag, --at at a time.'],
  ['go-back --at yesterday', '--at can\'t be "yesterday". Possible: 14:05'],
  ['status demo-http shop-http', 'What is "shop-http" to be? One Service at a time.'],
  ['doctor shop-http', 'What is "shop-http" to be? doctor takes only options.'],
])('%s is answered with what is near or possible', (line, words) => {
  expect(problem(line)).toContain(words)
})

test('what was typed is understood: batches, times, the language of the environment', () => {
  const found = read(
    'release shop-http --image app=r.example:5000/app:2 --batch 1,3-4 --bake 1m30s --no-approval -y',
  )
  expect(found).toMatchObject({
    ok: true,
    command: { name: 'release' },
    options: {
      service: 'shop-http',
      yes: true,
      batches: ['1', '3-4'],
      draft: { images: ['app=r.example:5000/app:2'], onFailure: 'pause' },
    },
  })
  expect(found.ok && gatesFrom(found.options.line)).toEqual({
    ...defaultGates,
    bakeSeconds: 90,
    approval: false,
  })
  const language = (env: Record<string, string>, ...args: string[]) => {
    const one = readOptions(['status', ...args], env, commandTable)
    return one.ok ? one.options.language : undefined
  }
  expect(language({ LANG: 'zh_CN.UTF-8' })).toBe('zh')
  expect(language({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB.UTF-8' })).toBe('en')
  expect(language({ LANG: 'zh_CN.UTF-8' }, '--lang', 'en')).toBe('en')
  expect(language({})).toBe('en')
})

test.each(['en', 'zh'] as const)(
  'the help in %s names each command and exit code in 80 columns',
  (language) => {
    const whole = helpText(commandTable, language)
    for (const { name } of commandTable) expect(whole).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    for (const code of Object.values(exitCodes)) expect(whole).toMatch(new RegExp(`^  ${code} `, 'm'))
    for (const text of [whole, ...commandTable.map((one) => commandHelp(one, language))])
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(80)
  },
)
