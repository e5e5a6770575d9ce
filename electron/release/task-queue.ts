/** One task at a time; those that are urgent before the others, each kind in its order. */
export type TaskQueue = {
  add(task: () => Promise<void>, urgent?: boolean): void
  /** Resolves when nothing is left to be done. */
  idle(): Promise<void>
}

export function createTaskQueue(onError: (error: unknown) => void): TaskQueue {
  const urgent: (() => Promise<void>)[] = []
  const ordinary: (() => Promise<void>)[] = []
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    for (;;) {
      const task = urgent.shift() ?? ordinary.shift()
      if (task === undefined) {
        running = undefined
        return
      }
      try {
        await task()
      } catch (error) {
        onError(error)
      }
    }
  }

  return {
    add(task, isUrgent = false) {
      const line = isUrgent ? urgent : ordinary
      line.push(task)
      running ??= Promise.resolve().then(run)
    },
    async idle() {
      while (running !== undefined) await running
    },
  }
}
