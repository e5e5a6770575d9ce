import { failedInWords } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useStores } from '../stores/store-context.tsx'
import { useAnswer } from '../stores/use-answer.ts'
import { useTarget } from '../verbs/use-target.ts'

type PodLogProps = {
  readonly pod: string
  /** Absent of a pod that is no more: then it is the only one. */
  readonly container?: string | undefined
  /** `if-any`: of the instance before, where there was one. */
  readonly previous: boolean | 'if-any'
  readonly round?: number
  /** Only so many lines of its end. */
  readonly last?: number
}
/** The last lines of a container's log, read when shown. An answer for another one is dropped. */
export function PodLog({ pod, container, previous, round = 0, last }: PodLogProps) {
  const { release: words, shell } = useWords()
  const { ports } = useStores()
  const target = useTarget()
  const answer = useAnswer({
    subject: target === undefined ? undefined : JSON.stringify([target, pod, container, previous, round]),
    ask: async () => {
      if (target === undefined) return failedInWords('not-found', '')
      const ask = (before: boolean) =>
        ports.client.call('pod/log', {
          target,
          pod,
          ...(container !== undefined && { container }),
          previous: before,
        })
      const found = await ask(previous !== false)
      return found.ok || previous !== 'if-any' ? found : await ask(false)
    },
  })
  const lines = answer.value?.lines
  if (answer.fault !== undefined) return <FaultLine fault={answer.fault} />
  if (lines === undefined) return <p className="dim small-text">{shell.loading}</p>
  if (lines.length === 0) return <p className="dim small-text">{words.logEmpty}</p>
  return (
    <pre className="log" tabIndex={0} aria-label={`${words.logs}: ${pod}`}>
      {(last === undefined ? lines : lines.slice(-last)).join('\n')}
    </pre>
  )
}
