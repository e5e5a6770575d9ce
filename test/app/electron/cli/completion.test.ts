import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandTable } from '../../../../electron/cli/commands/command-table.ts'
import { bashCompletion } from '../../../../electron/cli/completion/bash-completion.ts'
import { commonEntries, completionEntries } from '../../../../electron/cli/completion/completion-entry.ts'
import { fishCompletion } from '../../../../electron/cli/completion/fish-completion.ts'
import { zshCompletion } from '../../../../electron/cli/completion/zsh-completion.ts'

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }
type Shell = keyof typeof scripts

function scriptFor(shell: Shell, language: 'en' | 'zh' = 'en'): string {
  return scripts[shell](completionEntries(commandTable, language), commonEntries(language))
}

function said(shell: Shell, args: readonly string[]): string {
  return spawnSync(shell, args, { encoding: 'utf8', timeout: 20_000 }).stdout
}

function isHere(shell: Shell): boolean {
  return said(shell, ['-c', 'echo here']).trim() === 'here'
}

/** What a shell offers for the last word of a line. */
const offered: Readonly<Record<'bash' | 'fish', (line: string) => readonly string[]>> = {
  bash(line) {
    // As readline splits it: the sign between an option and its value is a word.
    const words = line.replaceAll('=', ' = ').split(' ').map(quoted).join(' ')
    const harness = `COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _tranche; printf '%s\\n' "\${COMPREPLY[@]}"`
    return linesOf(said('bash', ['-c', `${scriptFor('bash')}\n${harness}\n`]))
  },
  fish(line) {
    const found = said('fish', ['--no-config', '-c', `${scriptFor('fish')}\ncomplete -C ${quoted(line)}\n`])
    return linesOf(found).map((one) => one.split('\t')[0] ?? '')
  },
}

function quoted(text: string): string {
  return `'${text}'`
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((one) => one !== '')
}

describe.each(['bash', 'fish'] as const)('in %s', (shell) => {
  const offers = offered[shell]
  test.skipIf(!isHere(shell))('commands, options, their values and words are completed', () => {
    expect(offers('tranche roll')).toEqual(['rollback'])
    expect(offers('tranche ')).toEqual(expect.arrayContaining(['status', 'go-back', 'completion']))
    expect(offers('tranche --training sta')).toEqual(['status'])
    expect(offers('tranche -c prod sta')).toEqual(['status'])
    expect(offers('tranche release --sup')).toEqual(['--supersede'])
    expect(offers('tranche status --sup')).toEqual([])
    expect(offers('tranche release --supersede c')).toEqual(['canary'])
    expect(offers('tranche status --lang ')).toEqual(expect.arrayContaining(['en', 'zh']))
    expect(offers('tranche ask pa')).toEqual(['pause'])
    expect(offers('tranche ask pause st')).toEqual([])
    expect(offers('tranche completion z')).toEqual(['zsh'])
    expect(offers('tranche plan --template electron/cli/ma')).toEqual(['electron/cli/main.ts'])
  })
})

test.skipIf(!isHere('bash'))('in bash, a value behind a sign is completed as well', () => {
  expect(offered.bash('tranche release --supersede=c')).toEqual(['canary'])
  expect(offered.bash('tranche --lang=zh sta')).toEqual(['status'])
})

test.each(['bash', 'zsh', 'fish'] as const)('the script for %s is one that the shell can read', (shell) => {
  for (const language of ['en', 'zh'] as const) {
    const script = scriptFor(shell, language)
    for (const { name } of commandTable) expect(script).toContain(name)
    if (!isHere(shell)) continue
    const { status, stderr } = spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8', timeout: 20_000 })
    expect([status, stderr]).toEqual([0, ''])
  }
})
