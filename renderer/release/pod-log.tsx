import { useEffect, useState } from 'react'
import type { Fault } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useStores } from '../stores/store-context.tsx'
import { useTarget } from './use-target.ts'

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
type Answer =
  | { readonly kind: 'lines'; readonly key: string; readonly lines: readonly string[] }
  | { readonly kind: 'fault'; readonly key: string; readonly fault: Fault }

/** The last lines of a container's log, read when shown. An answer for another one is dropped. */
export function PodLog({ pod, container, previous, round = 0, last }: PodLogProps) {
  const { release: words, shell } = useWords()
  const { ports } = useStores()
  const target = useTarget()
  const key = `${pod} ${container ?? ''} ${String(previous)} ${String(round)}`
  const [answer, setAnswer] = useState<Answer>()
  useEffect(() => {
    if (target === undefined) return
    let wanted = true
    const ask = (before: boolean) =>
      ports.client.call('pod/log', {
        target,
        pod,
        ...(container !== undefined && { container }),
        previous: before,
      })
    const read = async () => {
      const found = await ask(previous !== false)
      const reply = found.ok || previous !== 'if-any' ? found : await ask(false)
      if (!wanted) return
      setAnswer(
        reply.ok
          ? { kind: 'lines', key, lines: reply.value.lines }
          : { kind: 'fault', key, fault: reply.fault },
      )
    }
    void read()
    return () => {
      wanted = false
    }
  }, [ports, target, pod, container, previous, key])
  if (answer?.key !== key) return <p className="dim small-text">{shell.loading}</p>
  if (answer.kind === 'fault') return <FaultLine fault={answer.fault} />
  if (answer.lines.length === 0) return <p className="dim small-text">{words.logEmpty}</p>
  return (
    <pre className="log" tabIndex={0} aria-label={`${words.tabs.logs}: ${pod}`}>
      {(last === undefined ? answer.lines : answer.lines.slice(-last)).join('\n')}
    </pre>
  )
}
