import { useEffect } from 'react'
import { useFaultText } from '../i18n/use-fault-text.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { useStores } from '../stores/store-context.tsx'

/** Tells outside the window what a release waits for, or how it has ended, while nobody looks at it. */
export function useNotices(): void {
  const { fault, shell } = useWords()
  const say = useSay()
  const text = useFaultText()
  const { notices, clusters, ui } = useStores()
  useEffect(
    () =>
      notices.onNews(({ target, why }, notifier) => {
        const { payload } = clusters.getState()
        const cluster = payload?.clusters.find((one) => one.id === target.connection)
        const place = cluster?.training === true ? shell.trainingCluster : (cluster?.alias ?? cluster?.name)
        const title = [target.service, place].filter((part) => part !== undefined).join(' · ')
        const body =
          why.kind === 'standstill' ? say(why.sentence) : `${fault[why.fault.code].what} ${text(why.fault)}`
        notifier.show({ title, body, tag: JSON.stringify(target) }, () => ui.actions.openService(target))
      }),
    [notices, clusters, ui, say, text, fault, shell],
  )
}
