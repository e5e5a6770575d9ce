import type { ChildProcess } from 'node:child_process'

/**
 * Starts a program of somebody else. Node tells of some failures by an event (ENOENT, EACCES), and throws the others in
 * the middle of the start (ENOTDIR, ELOOP, ETXTBSY, E2BIG, a NUL byte): whoever waits for the program would wait for
 * ever. Here all come the one way, and there is none to start without it.
 */
export function startProgram<T extends ChildProcess>(
  start: () => T,
  onFailure: (error: Error) => void,
): T | undefined {
  try {
    const child = start()
    child.on('error', onFailure)
    return child
  } catch (error) {
    onFailure(error instanceof Error ? error : new Error(String(error)))
    return undefined
  }
}
