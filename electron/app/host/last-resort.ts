/** Closing gives back what can be given back; it must not hang on what is broken. */
const closingMs = 3_000
/** EX_SOFTWARE of sysexits.h: an error inside the program. */
const softwareError = 70

type LastResort = {
  /** The Services whose release is run here just now. */
  readonly driving: () => readonly string[]
  readonly language: 'en' | 'zh'
  readonly say: (line: string) => void
  readonly close: () => Promise<unknown>
  readonly exit: (code: number) => void
  readonly after: (ms: number, run: () => void) => void
}

/**
 * What a process does with an error that nothing in it expected: what is in memory may be wrong from here on, so it
 * says what happened and what becomes of the releases that it runs, stops driving them, and ends. A release is safe
 * then: whatever it did was written down before it was done, and its lock waits for the next start.
 */
export function createLastResort({
  driving,
  language,
  say,
  close,
  exit,
  after,
}: LastResort): (error: unknown) => void {
  let isEnding = false
  const end = (): void => exit(softwareError)
  return (error) => {
    if (isEnding) {
      // Closing itself breaks.
      end()
      return
    }
    isEnding = true
    const words = sentences[language]
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    const services = driving()
    say(services.length === 0 ? words.ends : words.endsDriving(services))
    after(closingMs, end)
    close().then(end, end)
  }
}

/** Whoever reads what we say may go away at any time: that ends nothing. */
export function outliveReaders(streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) stream.on('error', () => undefined)
}

const sentences = {
  en: {
    ends: 'Tranche ends: this error was not expected. Nothing was being released from here.',
    endsDriving: (services: readonly string[]) =>
      `Tranche ends: this error was not expected. A release is running here: ${services.join(', ')}. The current ` +
      'batch finishes in the cluster and no new one starts; once Tranche runs again, the release continues.',
  },
  zh: {
    ends: '出现意外错误，Tranche 即将退出。这里没有正在进行的发布。',
    endsDriving: (services: readonly string[]) =>
      `出现意外错误，Tranche 即将退出。有发布正在这里进行：${services.join('、')}。当前批次会在集群中完成，不会开始新批次；` +
      'Tranche 再次运行后，发布会继续。',
  },
} as const
