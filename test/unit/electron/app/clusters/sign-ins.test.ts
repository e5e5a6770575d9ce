import { expect, test } from 'vitest'
import { createSignIns } from '../../../../../electron/app/clusters/sign-ins.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { spoken } from '../../../../support/spoken.ts'

const [east, west] = [connectionId('east'), connectionId('west')]

function stage() {
  const heard: string[] = []
  const signIns = createSignIns(() => undefined)
  const begin = (id: typeof east, name: string) => {
    const talk = signIns.talk(id).begin({ command: name, answer: (line) => heard.push(`${name}: ${line}`) })
    return { ...talk, run: signIns.view(id).signIn?.run ?? -1 }
  }
  return { signIns, heard, begin }
}

test('a line reaches the very program whose question was read', () => {
  const { signIns, heard, begin } = stage()
  const [first, second] = [begin(east, 'east-login'), begin(west, 'west-login')]
  expect(signIns.answer(east, { run: first.run, line: 'code' })).toMatchObject({ ok: true })
  // Typed at the one, sent to the other: as if a page had mixed them up.
  expect(spoken(signIns.answer(west, { run: first.run, line: 'code' }))).toMatchObject({
    fault: { code: 'not-found', message: 'The program that asked has ended. The line went nowhere.' },
  })
  expect(signIns.answer(west, { run: second.run, line: 'other' })).toMatchObject({ ok: true })
  expect(heard).toEqual(['east-login: code', 'west-login: other'])
})

test('a password that was typed for a program that has ended is not read by the next one', () => {
  const { signIns, heard, begin } = stage()
  const first = begin(east, 'first')
  first.end()
  const second = begin(east, 'second')
  expect(signIns.answer(east, { run: first.run, line: 'password' })).toMatchObject({ ok: false })
  expect(signIns.answer(east, { run: second.run, line: 'hello' })).toMatchObject({ ok: true })
  expect(heard).toEqual(['second: hello'])
})

test('the late end, and the late words, of an earlier run leave the one that asks now', () => {
  const { signIns, begin } = stage()
  const first = begin(east, 'first')
  const second = begin(east, 'second')
  first.say(['of the first'])
  first.end()
  expect(signIns.view(east).signIn).toEqual({ run: second.run, command: 'second', lines: [], reads: true })
  second.say(['Code:'])
  expect(signIns.view(east).signIn?.lines).toEqual(['Code:'])
  second.end()
  expect(signIns.view(east)).toEqual({})
})
