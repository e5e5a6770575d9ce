import type {
  ConnectionReport,
  ContextReport,
  DoctorReport,
  FileReport,
  UserReport,
} from '../model/doctor.ts'
import type { FaultSentence } from '../fault-sentence.ts'
import { sayFaultSentence } from './faults/say-fault.ts'
import { doctorEn, doctorZh, type DoctorWords } from './doctor-words.ts'

/** `warn`: somebody should look at it. */
export type DoctorLine = { readonly look: 'plain' | 'good' | 'warn'; readonly text: string }
export type DoctorEntry = {
  readonly id: string
  readonly title: string
  readonly lines: readonly DoctorLine[]
}
export type DoctorSection = { readonly title: string; readonly entries: readonly DoctorEntry[] }

const day = 86_400_000
const soonDays = 14

/** The whole report in words: what the page shows, the terminal prints and a person copies. */
export function doctorSections(report: DoctorReport, language: 'en' | 'zh'): readonly DoctorSection[] {
  const words = language === 'zh' ? doctorZh : doctorEn
  const none = (text: string): DoctorEntry => ({ id: 'none', title: text, lines: [] })
  const contexts = report.contexts.map((one) => contextEntry(one, words))
  const connections = report.connections.map((one) => connectionEntry(one, words))
  return [
    { title: words.files, entries: report.files.map((one) => fileEntry(one, report.at, words)) },
    { title: words.contexts, entries: contexts.length === 0 ? [none(words.noContexts)] : contexts },
    {
      title: words.connections,
      entries: connections.length === 0 ? [none(words.noConnections)] : connections,
    },
  ]
}

/** Only what somebody should look at: entries with a warning, in sections that have one. */
export function troubledSections(sections: readonly DoctorSection[]): readonly DoctorSection[] {
  return sections
    .map((section) => ({ ...section, entries: section.entries.filter(isTroubled) }))
    .filter((section) => section.entries.length > 0)
}

function isTroubled({ lines }: DoctorEntry): boolean {
  return lines.some((line) => line.look === 'warn')
}

/** As a terminal prints it: what others have written is within a line, and ends none. */
export function doctorLines(report: DoctorReport, language: 'en' | 'zh'): readonly string[] {
  const marks = { plain: ' ', good: '+', warn: '!' } as const
  const lines = doctorSections(report, language).flatMap(({ title, entries }) => [
    '',
    title,
    ...entries.flatMap((entry) => [
      `  ${entry.title}`,
      ...entry.lines.map((line) => `  ${marks[line.look]}   ${line.text}`),
    ]),
  ])
  return [`Tranche ${report.version}, ${report.platform}, ${dateOf(report.at)}`, ...lines]
}

export function doctorText(report: DoctorReport, language: 'en' | 'zh'): string {
  return doctorLines(report, language).join('\n')
}

function fileEntry(file: FileReport, now: number, words: DoctorWords): DoctorEntry {
  const { path: title, state, problems } = file
  // What kubectl refuses is not read by it either; its own line says why.
  const isSaid = state === 'read' || file.from === 'added'
  const from: DoctorLine =
    file.refusedFor === undefined
      ? { look: 'plain', text: words.from[file.from] }
      : { look: 'warn', text: words.refused(file.refusedFor === title ? undefined : file.refusedFor) }
  const counts = words.counts({ ...file, users: file.users.length })
  return {
    id: title,
    title,
    lines: [
      ...(state === 'missing' ? [{ look: 'plain', text: words.missing } as const] : isSaid ? [from] : []),
      ...(state === 'read' ? [{ look: 'good', text: counts } as const] : []),
      ...file.users.flatMap((user) => userLines(user, now, words)),
      ...problems.map((one): DoctorLine => ({ look: 'warn', text: said(one, words) })),
    ],
  }
}

function userLines(user: UserReport, now: number, words: DoctorWords): readonly DoctorLine[] {
  const say = (look: DoctorLine['look'], how: string): DoctorLine => ({
    look,
    text: words.user(user.name, how),
  })
  const { plugin, certificate } = user
  const lines: DoctorLine[] = []
  if (plugin !== undefined) {
    const command = [plugin.command, ...plugin.args].join(' ')
    lines.push(
      plugin.path === undefined
        ? say('warn', words.pluginMissing(command, /[/\\]/.test(plugin.command)))
        : say('good', words.pluginAt(command, plugin.path)),
    )
  } else lines.push(say('plain', words.signIn[user.signIn]))
  if (user.tokenProblem !== undefined) lines.push(say('warn', said(user.tokenProblem, words)))
  if (certificate !== undefined) lines.push(certificateLine(certificate, now, { words, say }))
  return lines
}

function certificateLine(
  certificate: NonNullable<UserReport['certificate']>,
  now: number,
  about: { readonly words: DoctorWords; readonly say: (look: DoctorLine['look'], how: string) => DoctorLine },
): DoctorLine {
  const { words, say } = about
  if ('problem' in certificate) return say('warn', words.certificateProblem(said(certificate.problem, words)))
  if ('file' in certificate) return say('plain', words.certificateIn(certificate.file))
  const days = Math.floor((certificate.endsAt - now) / day)
  const date = dateOf(certificate.endsAt)
  if (certificate.endsAt < now) return say('warn', words.certificateEnded(date))
  return say(days < soonDays ? 'warn' : 'good', words.certificateEnds(date, days))
}

function contextEntry(context: ContextReport, words: DoctorWords): DoctorEntry {
  const { state } = context
  const marks = [
    ...(context.current ? [words.current] : []),
    ...(context.production ? [words.production] : []),
    // The training cluster is in none.
    context.file === '' ? words.builtIn : context.file,
  ]
  const warn = (text: string): DoctorLine => ({ look: 'warn', text })
  const say = (sentence: FaultSentence): DoctorLine => warn(said(sentence, words))
  return {
    id: context.id,
    title: `${context.name} (${marks.join(', ')})`,
    lines: [
      { look: 'plain', text: words.leadsTo(context.server, context.namespace) },
      ...(context.proxy === undefined
        ? []
        : [{ look: 'plain', text: words.through(context.proxy) } as const]),
      {
        look: state === 'connected' ? 'good' : state === 'failed' ? 'warn' : 'plain',
        text: words.state[state],
      },
      ...(context.fault === undefined ? [] : [say(context.fault)]),
      ...(context.unusable === undefined ? [] : [warn(words.unusable(said(context.unusable, words)))]),
      ...context.warnings.map(say),
      ...context.kubectl.map(say),
    ],
  }
}

function connectionEntry(one: ConnectionReport, words: DoctorWords): DoctorEntry {
  return {
    id: one.id,
    title: `${one.name} (Kubernetes ${one.version})`,
    lines: [
      { look: 'plain', text: words.requests(one.requests) },
      one.throttledAt === undefined
        ? { look: 'good', text: words.neverThrottled }
        : { look: 'warn', text: words.throttled(dateOf(one.throttledAt)) },
      ...one.watches.map(({ kind, namespace, freshness, openMs, quietMs }): DoctorLine => {
        const why = freshness.kind === 'live' || freshness.why === undefined ? '' : said(freshness.why, words)
        const open =
          openMs === undefined
            ? words.watchClosed(why)
            : words.watchOpen(seconds(openMs), seconds(quietMs ?? 0))
        return {
          look: freshness.kind === 'live' ? 'good' : 'warn',
          text: words.watch({ kind, namespace, open }),
        }
      }),
    ],
  }
}

function said(sentence: FaultSentence, { language }: DoctorWords): string {
  return sayFaultSentence(sentence, language)
}

/** Of one kind for everybody who gets it: `2026-11-25 07:43Z`. */
function dateOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}
