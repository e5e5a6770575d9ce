import type { BatchView } from '../../shared/view/batch-view.ts'
import { updateSeconds } from '../../shared/view/expected.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { isDirty } from '../stores/draft-data.ts'
import { useClusterNow, useDraft, usePipeline } from '../stores/store-context.tsx'

/** How long the batch has taken and how long it should take. Says nothing that would be a guess. */
export function CardTime({ batch, pods }: { readonly batch: BatchView; readonly pods: number }) {
  const pace = usePipeline((view) => view?.pace)
  const state = usePipeline((view) => view?.release?.state)
  const drafted = useDraft(isDirty)
  const seconds = updateSeconds({ batches: [], ...(pace && { pace }) }, batch, pods)
  const running = state !== undefined && state !== 'ended'
  const expected = running || drafted ? seconds : undefined
  switch (batch.look) {
    case 'rolling':
    case 'frozen':
    case 'failing':
    case 'returning':
      return batch.startedAt === undefined ? (
        <Line elapsed={undefined} expected={undefined} />
      ) : (
        <Running since={batch.startedAt} expected={expected} />
      )
    case 'baking':
    case 'done':
      return <Line elapsed={tookSeconds(batch)} expected={undefined} took />
    case 'returned':
    case 'skipped':
      return <Line elapsed={undefined} expected={undefined} />
    case 'waiting':
      return <Line elapsed={undefined} expected={state === 'rolling-back' ? undefined : expected} />
    default:
      return <Line elapsed={undefined} expected={expected} />
  }
}

function tookSeconds({ startedAt, readyAt }: BatchView): number | undefined {
  return startedAt === undefined || readyAt === undefined ? undefined : (readyAt - startedAt) / 1000
}

function Running({ since, expected }: { readonly since: number; readonly expected: number | undefined }) {
  return <Line elapsed={(useClusterNow() - since) / 1000} expected={expected} />
}

type LineProps = {
  readonly elapsed: number | undefined
  readonly expected: number | undefined
  readonly took?: boolean
}

function Line({ elapsed, expected, took = false }: LineProps) {
  const { pipeline } = useWords()
  const format = useFormat()
  const parts = [
    elapsed === undefined ? '' : took ? pipeline.took(format.duration(elapsed)) : format.duration(elapsed),
    expected === undefined ? '' : pipeline.expected(format.duration(expected)),
  ].filter((part) => part !== '')
  if (parts.length === 0) return null
  return (
    <p className="card-time">
      <Icon name="clock" />
      {parts.join(pipeline.comma)}
    </p>
  )
}
