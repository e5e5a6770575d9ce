import { homedir, userInfo } from 'node:os'

type Environment = Readonly<Record<string, string | undefined>>

/** What the system knows of whoever runs this. It throws for a user without an entry, as containers have them. */
type Machine = { readonly homedir: () => string; readonly username: () => string; readonly uid: string }

const thisMachine: Machine = {
  homedir,
  username: () => userInfo().username,
  uid: String(process.getuid?.() ?? ''),
}

/** As locks name this person. */
export function userName(env: Environment, machine: Machine = thisMachine): string {
  try {
    return machine.username()
  } catch {
    return env['USER'] || env['LOGNAME'] || `uid-${machine.uid}`
  }
}

/** Where there is none, the root: nothing is found there, and that it can't be written is said like any other folder. */
export function homeFolder(machine: Machine = thisMachine): string {
  try {
    return machine.homedir()
  } catch {
    return '/'
  }
}
