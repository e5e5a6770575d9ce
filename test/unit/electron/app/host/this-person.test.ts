import { expect, test } from 'vitest'
import { homeFolder, userName } from '../../../../../electron/app/host/this-person.ts'

const throws = (): never => {
  throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT')
}
const nobody = { homedir: throws, username: throws, uid: '54321' }

test('a user that the system has no entry for, as in a container, has a name for locks and no home', () => {
  expect(userName({ USER: 'li' }, nobody)).toBe('li')
  expect(userName({ USER: '', LOGNAME: 'wang' }, nobody)).toBe('wang')
  expect(userName({}, nobody)).toBe('uid-54321')
  expect(homeFolder(nobody)).toBe('/')
})

test('who is known is called as the system does', () => {
  const known = { homedir: () => '/home/li', username: () => 'li', uid: '1' }
  expect([userName({ USER: 'root' }, known), homeFolder(known)]).toEqual(['li', '/home/li'])
})
