/** For what is being written just now. */
const lastWriteMs = 500

/**
 * Ends this process, whatever still waits in it. An ordinary exit waits for every thread, and a call on a drive that is
 * gone comes back to none: it would wait for ever, with no Ctrl-C heard any more. Where that is so another program takes
 * the place of this one, and ends at once with the same code. Windows waits for no thread.
 */
export function endProcess(code: number): void {
  if (!isHeldUp()) process.exit(code)
  setTimeout(() => {
    if (!isHeldUp()) process.exit(code)
    // What Electron starts has no such call: whoever has started it sees that it is gone.
    if (typeof process.execve !== 'function') process.kill(process.pid, 'SIGKILL')
    process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`], {})
  }, lastWriteMs)
}

function isHeldUp(): boolean {
  if (process.platform === 'win32') return false
  return process.getActiveResourcesInfo().some((one) => one.startsWith('FSReq'))
}
