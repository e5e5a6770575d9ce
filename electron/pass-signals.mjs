// Plain JavaScript without dependencies, as what starts with it.

/**
 * What ends us is handed on to the program that we have started. Not under Windows: Ctrl-C and the end of a console reach
 * every program there by themselves, and what Node calls a signal there ends a program in the middle of what it does, or
 * is an error (SIGHUP). It is taken all the same: whoever does not take it ends before the program that it waits for.
 */
export function passSignals(child, machine, as = {}) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    machine.on(signal, () => {
      if (machine.platform !== 'win32') child.kill(as[signal] ?? signal)
    })
}
