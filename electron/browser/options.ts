import { parseArgs } from 'node:util'
import { failed, failedInWords, ok, type Reply } from '../../shared/fault.ts'

export type BrowserOptions = {
  readonly port: number
  readonly open: boolean
  readonly training: boolean
  readonly dataFolder: string | undefined
}

export const usage =
  'npm start -- --browser [--port NUMBER] [--no-open] [--training] [--data-folder FOLDER]\n' +
  '  --port          0 to 65535; 0, or none: one that is free'

/** What the browser host is started with. `invalid-input`: what is wrong with it, in a sentence. */
export function readOptions(args: readonly string[]): Reply<BrowserOptions> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        open: { type: 'boolean', default: true },
        training: { type: 'boolean', default: false },
        'data-folder': { type: 'string' },
      },
      allowNegative: true,
    })
    const port = Number(values.port)
    if (!/^\d{1,5}$/.test(values.port) || port > 65_535)
      return failed('invalid-input', { kind: 'no-port', port: values.port })
    if (values['data-folder'] === '') return failed('invalid-input', { kind: 'folder-missing' })
    return ok({ port, open: values.open, training: values.training, dataFolder: values['data-folder'] })
  } catch (error) {
    return failedInWords('invalid-input', error instanceof Error ? error.message : String(error))
  }
}

const sentences = {
  en: {
    taken: (port: number) =>
      `Port ${port} is taken by another program. Choose another one with --port, or leave it out.`,
    forbidden: (port: number) =>
      `Port ${port} may not be opened by this user. Choose one above 1023 with --port, or leave it out.`,
    other: (says: string) => `Tranche could not start: ${says}`,
  },
  zh: {
    taken: (port: number) => `端口 ${port} 已被其他程序占用。请用 --port 指定其他端口，或不指定。`,
    forbidden: (port: number) => `当前用户不能监听端口 ${port}。请用 --port 指定大于 1023 的端口，或不指定。`,
    other: (says: string) => `Tranche 无法启动：${says}`,
  },
} as const

/** Why it could not begin, for whoever has typed it. */
export function whyNotStarted(error: unknown, port: number, language: keyof typeof sentences): string {
  const words = sentences[language]
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const says = error instanceof Error ? error.message : String(error)
  if (code === 'EADDRINUSE') return words.taken(port)
  return code === 'EACCES' && says.includes('listen') ? words.forbidden(port) : words.other(says)
}
