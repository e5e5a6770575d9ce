import { expect, test } from 'vitest'
import { createWithheld, withheldTalk } from '../../../../../electron/cluster/sign-in/withheld.ts'
import type { Secrets } from '../../../../../electron/cluster/dial/secrets.ts'
import { buildSpec } from '../../../../support/build-connection.ts'
import { buildExec } from '../../../../support/plugin-folder.ts'

const secrets = (parts: Partial<Secrets> = {}): Secrets => ({ headers: [], ...parts })
const base64 = (text: string): string => Buffer.from(text).toString('base64')

test('a token is taken out wherever a server repeats it, with or without what stands before it', () => {
  const withheld = createWithheld(buildSpec())
  withheld.learn(secrets({ headers: [['Authorization', 'Bearer opaque-walrus']] }))
  expect(withheld.text('no such user: opaque-walrus; sent opaque-walrus')).toBe('no such user: ***; sent ***')
})

test('of a name and a password the pair and the password are known, the name and other headers are not', () => {
  const withheld = createWithheld(buildSpec())
  const headers = [
    ['authorization', `Basic ${base64('operator:silent-heron')}`],
    ['user-agent', 'tranche/harmless-agent'],
  ] as const
  withheld.learn(secrets({ headers }))
  const echo = `operator said silent-heron as ${base64('operator:silent-heron')} by harmless-agent`
  expect(withheld.text(echo)).toBe('operator said *** as *** by harmless-agent')
  // What is no pair is not taken for one: nothing after a colon of a token is known by itself.
  const bearer = createWithheld(buildSpec())
  bearer.learn(secrets({ headers: [['authorization', `Bearer ${base64('left:right-hand')}`]] }))
  expect(bearer.text('right-hand')).toBe('right-hand')
})

test('a key is known by value, and where there is nothing nothing is taken out', () => {
  const withheld = createWithheld(buildSpec())
  withheld.learn(secrets({ headers: [['authorization', 'Bearer ']] }))
  expect(withheld.text('all of it stays, Stryker was here too')).toBe('all of it stays, Stryker was here too')
  withheld.learn(secrets({ key: 'key-of-quiet-otter' }))
  expect(withheld.text('at key-of-quiet-otter')).toBe('at ***')
})

test('what was learned before stays known, as many as are renewed within hours', () => {
  const withheld = createWithheld(buildSpec())
  const learn = (token: string): void =>
    withheld.learn(secrets({ headers: [['authorization', `Bearer ${token}`]] }))
  learn('first-quail')
  // The same again takes no place.
  for (let time = 0; time < 70; time++) learn('first-quail')
  for (let at = 0; at < 63; at++) learn(`later-quail-${String(at).padStart(2, '0')}`)
  expect(withheld.text('first-quail')).toBe('***')
  learn('one-quail-more')
  expect([withheld.text('first-quail'), withheld.text('later-quail-00')]).toEqual(['first-quail', '***'])
})

test('the variables of a plugin are secrets by their names: a profile or a switch stays to be read', () => {
  const exec = buildExec('/bin/login', {
    env: [
      { name: 'LOGIN_TOKEN', value: 'variable-of-a-lynx' },
      { name: 'PROFILE', value: 'production' },
    ],
  })
  const { text, fault } = createWithheld(buildSpec({ user: { kind: 'exec', exec } }))
  expect(text('production refused variable-of-a-lynx')).toBe('production refused ***')
  expect(fault({ code: 'plugin', message: 'said variable-of-a-lynx' })).toEqual({
    code: 'plugin',
    message: 'said ***',
  })
})

test('what a plugin says while it signs in goes through the same, and its end is told', () => {
  const told: string[] = []
  const talk = withheldTalk(
    {
      begin: ({ command }) => {
        told.push(`begin ${command}`)
        return { say: (lines) => told.push(...lines), end: () => told.push('end') }
      },
    },
    { text: (line) => line.replace('marten', '***') },
  )
  const run = talk.begin({ command: '/bin/login' })
  run.say(['I was called with marten', 'and wait'])
  run.end()
  expect(told).toEqual(['begin /bin/login', 'I was called with ***', 'and wait', 'end'])
})
