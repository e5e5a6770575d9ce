import { unlockedMs } from '../../shared/model/production.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useLoudCommand } from '../stores/use-loud-command.ts'
import { useCluster, useSinceClusters, useStores } from '../stores/store-context.tsx'

/** Whether the production cluster that is looked at takes changes: on for some minutes, or read-only. */
export function ChangeSwitch() {
  const { production: words } = useWords()
  const { naming } = useStores()
  const lock = useLoudCommand('cluster/lock')
  const cluster = useCluster((one) => one)
  if (cluster?.production === undefined) return null
  const { unlockedForMs } = cluster.production
  if (unlockedForMs === undefined)
    return (
      <button
        type="button"
        className="title-button"
        title={words.readOnlyWhy}
        onClick={() => void naming.ask({ kind: 'unlock', cluster, name: cluster.name })}
      >
        <Icon name="lock" />
        {words.readOnly}
      </button>
    )
  return (
    <button
      type="button"
      className="title-button changes-on"
      title={words.changesOffNow}
      onClick={() => void lock({ connection: cluster.id })}
    >
      <Icon name="unlock" />
      <Left ms={unlockedForMs} />
      <span className="sr">{words.changesOffNow}</span>
    </button>
  )
}

function Left({ ms }: { readonly ms: number }) {
  const { production: words } = useWords()
  const format = useFormat()
  const left = ms - useSinceClusters()
  return words.changesOn(format.duration(secondsLeft(left)))
}

/** The page's clock is up to a second late: never more is said to be left than there was. */
function secondsLeft(ms: number): number {
  return Math.ceil(Math.min(Math.max(0, ms), unlockedMs) / 1000)
}
