/** One Ctrl-C may come twice: from the terminal, and passed on by npm or our launcher. */
const echoMs = 300

type Closing = {
  /** The Services whose release is run here just now. */
  readonly driving: () => readonly string[]
  readonly now: () => number
  readonly language: 'en' | 'zh'
  readonly say: (line: string) => void
  readonly close: () => void
}

/**
 * Ctrl-C while a release is run from here says what happens to it, and the next one closes. A machine that shuts down,
 * or a program that ends us, asks nobody.
 */
export function createClosing({ driving, now, language, say, close }: Closing): (signal: string) => void {
  let askedAt: number | undefined
  let isClosing = false
  return (signal) => {
    if (isClosing) return
    const services = driving()
    if (signal === 'SIGINT' && services.length > 0 && askedAt === undefined) {
      askedAt = now()
      say(sentences[language](services))
      return
    }
    if (signal === 'SIGINT' && askedAt !== undefined && now() - askedAt < echoMs) return
    isClosing = true
    close()
  }
}

const sentences = {
  en: (services: readonly string[]) =>
    `A release is running here: ${services.join(', ')}. If Tranche closes, the current batch finishes in the cluster, ` +
    'no new batch starts and no gate is checked until you start it again; the release then continues. ' +
    'Press Ctrl-C again to close.',
  zh: (services: readonly string[]) =>
    `有发布正在这里进行：${services.join('、')}。关闭 Tranche 后，当前批次会在集群中完成；再次启动之前不会开始新批次，` +
    '也不会检查卡点，之后自动继续。再按一次 Ctrl-C 关闭。',
} as const
