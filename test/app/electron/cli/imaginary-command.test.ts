import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandTable } from '../../../../electron/cli/commands/command-table.ts'
import type { Command } from '../../../../electron/cli/commands/command.ts'
import { completionCommand } from '../../../../electron/cli/commands/completion.ts'
import { exit } from '../../../../electron/cli/session/ending.ts'
import { exitCodes } from '../../../../electron/cli/session/exit-code.ts'
import { openService } from '../../../../electron/cli/session/session.ts'
import { openTerminal, type Ran, type Terminal } from '../../../support/terminal.ts'

/** All that a new command of the terminal is: this, and its line in the command table. */
const imagine: Command = {
  name: 'imagine',
  takes: ['loud|soft', '[SERVICE]'],
  options: ['watch'],
  ownOptions: {
    greeting: {
      kind: 'value',
      reads: ['hello', 'hi'],
      takes: { en: 'WORD', zh: '词' },
      what: { en: 'How to begin.', zh: '怎样开头。' },
    },
    times: { kind: 'value', reads: 'number', what: { en: 'How often.', zh: '几次。' } },
  },
  readsOnly: true,
  what: { en: 'Says who you are.', zh: '说明你是谁。' },
  problem: ({ rest }) =>
    rest[0] === 'loud' || rest[0] === 'soft'
      ? undefined
      : { kind: 'of-command', text: { en: 'Loud or soft?', zh: '大声还是小声？' } },
  async run(context) {
    const at = await openService(context)
    if (!at.ok) return at.ending
    const { given, rest } = context.options.line
    const words = [given.get('greeting')?.at(-1), context.io.person, at.value.target.service, rest[0]]
    context.out.remark(words.join(' '))
    return exit(exitCodes.done)
  },
}
const commands = [...commandTable, imagine]

let terminal: Terminal
beforeAll(async () => {
  terminal = await openTerminal()
})
afterAll(() => terminal.close())
const tranche = (line: string): Promise<Ran> =>
  terminal.tranche(line.split(' '), { commands, person: 'mia@desk' })

test('a command that was only added to the table reads its line, reaches the cluster, and ends', async () => {
  const ran = await tranche('imagine loud shop-http --greeting hi')
  expect([ran.exit, ran.err]).toEqual([exitCodes.done, 'hi mia@desk shop-http loud\n'])
})

test('it stands in the help, in both languages, with its own options', async () => {
  const both = ['en', 'zh'].map(async (language) => {
    const [whole, own] = [
      await tranche(`--help --lang ${language}`),
      await tranche(`imagine --help --lang ${language}`),
    ]
    return [...whole.out.filter((line) => line.includes('imagine')), ...own.out.slice(0, 6)]
  })
  expect(await Promise.all(both)).toMatchInlineSnapshot(`
    [
      [
        "  imagine loud|soft [SERVICE]     Says who you are.",
        "tranche imagine loud|soft [SERVICE]",
        "Says who you are.",
        "Options",
        "  -w, --watch      Then say each change until interrupted.",
        "  --greeting WORD  How to begin.",
        "  --times          How often.",
      ],
      [
        "  imagine loud|soft [SERVICE]     说明你是谁。",
        "tranche imagine loud|soft [SERVICE]",
        "说明你是谁。",
        "选项",
        "  -w, --watch    随后说出每个变化，直到被中断。",
        "  --greeting 词  怎样开头。",
        "  --times        几次。",
      ],
    ]
  `)
})

test('what is wrong with its line is said as with every other command, in both languages', async () => {
  const said = async (line: string): Promise<string> => {
    const ran = await tranche(line)
    expect(ran.exit).toBe(exitCodes.usage)
    return ran.err.trim()
  }
  expect([
    await said('imagin loud'),
    await said('imagine'),
    await said('imagine --lang zh'),
    await said('imagine loud --greeting moin'),
    await said('imagine loud --times often'),
    await said('imagine loud --greting hi'),
    await said('status --greeting hi'),
    await said('imagine loud shop-http more'),
  ]).toMatchInlineSnapshot(`
    [
      "There is no command "imagin". Did you mean imagine? See: tranche --help",
      "Loud or soft?",
      "大声还是小声？",
      "--greeting can't be "moin". Possible: hello, hi",
      "--times can't be "often". Possible: 0, 1, 2 …",
      "There is no option --greting. Did you mean --greeting?",
      "status takes no --greeting. See: tranche status --help",
      "What is "more" to be? One Service at a time.",
    ]
  `)
})

test('shells complete it', () => {
  const script = 'print' in completionCommand ? completionCommand.print : undefined
  for (const shell of ['bash', 'zsh', 'fish']) {
    const text = script?.({ rest: [shell], given: new Map() }, commands, 'en') ?? ''
    for (const part of ['imagine', 'greeting', 'hello', 'soft']) expect(text).toContain(part)
  }
})
