import { useFaultText } from '../i18n/use-fault-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { DroppedFile } from '../stores/ui.ts'
import type { Refused } from './look-at-kubeconfigs.ts'

type RefusedKubeconfigsProps = {
  readonly dropped: readonly DroppedFile[]
  readonly refused: readonly Refused[]
}

/** What of it can't be added, each by its name and in one sentence. The others can. */
export function RefusedKubeconfigs({ dropped, refused }: RefusedKubeconfigsProps) {
  const { kubeconfig: words, fault } = useWords()
  const said = useFaultText()
  const lines = [
    ...dropped.flatMap((one) =>
      one.kind === 'read' ? [] : [{ name: one.name, why: words.unread[one.why] }],
    ),
    ...refused.map(({ name, fault: refusal }) => ({
      // What stands in the fields has no name of its own.
      name: dropped.length === 0 ? undefined : name,
      why: said(refusal) || `${fault[refusal.code].what} ${fault[refusal.code].next}`,
    })),
  ]
  return lines.map(({ name, why }, index) => (
    <div key={index} className="fault-line" role="alert">
      <Icon name="fail" />
      <p>
        <b>{words.notAdded(name)}</b> {why}
      </p>
    </div>
  ))
}
