/** Fulfilled by Ctrl-C, SIGTERM, a closed terminal, or when the process that started this one is gone. */
export function untilEnd(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    // Not unreferenced: it also keeps this process alive while it waits.
    const looking = setInterval(() => {
      if (process.ppid !== parent) end()
    }, 250)
    function end(): void {
      clearInterval(looking)
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  })
}
