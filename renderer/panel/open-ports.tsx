import type { ForwardTrouble } from '../../shared/model/forwarding.ts'
import type { ForwardView } from '../../shared/view/forward-view.ts'
import { podToTry } from '../../shared/view/pod-to-try.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { useCommand } from '../stores/use-command.ts'
import { useTarget } from '../verbs/use-target.ts'
import type { PodRow } from './sort-pods.ts'

/** A new pod is looked at before the next batch begins: its port on this machine, and where each open one stands. */
export function OpenPorts({
  pods,
  forwards,
}: {
  readonly pods: readonly PodRow[]
  readonly forwards: readonly ForwardView[]
}) {
  const { forward: words } = useWords()
  const target = useTarget()
  const command = useCommand('pod/forward')
  const pod = firstToTry(pods)
  if (target === undefined || (pod === undefined && forwards.length === 0)) return null
  return (
    <section className="open-ports" aria-label={words.title}>
      {pod === undefined ? null : (
        <button
          type="button"
          className="btn small"
          title={words.tryWhat(pod.name)}
          disabled={command.busy}
          onClick={() => void command.call({ target, pod: pod.name, open: true })}
        >
          <Icon name="globe" />
          {words.try(pod.batch)}
        </button>
      )}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      {forwards.length === 0 ? null : (
        <ul>
          {forwards.map((one) => (
            <OpenPort key={one.id} forward={one} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** While a release runs, the pods that it has brought; of the first batch that has any that are ready. */
function firstToTry(pods: readonly PodRow[]): PodRow | undefined {
  const released = pods.filter(({ kind }) => kind === 'new')
  const all = released.length > 0 ? released : pods
  const batches = [...new Set(all.map(({ batch }) => batch))].sort((a, b) => a - b)
  return batches.map((batch) => podToTry(all, batch)).find((pod) => pod !== undefined)
}

function OpenPort({ forward }: { readonly forward: ForwardView }) {
  const { forward: words } = useWords()
  const target = useTarget()
  const show = useCommand('pod/forward')
  const stop = useCommand('pod/stop-forward')
  const { id, pod, batch, podPort, localPort, address, state, trouble } = forward
  const fault = show.fault ?? stop.fault
  return (
    <li>
      <span className="mono">
        <Middle text={pod} tail={12} from={22} />
      </span>
      <span className="dim">{words.where(podPort, batch)}</span>
      {state.kind === 'ended' ? (
        <p className="dim">{words.ended[state.why]}</p>
      ) : (
        <span className="open-port-tools">
          <code>{address}</code>
          <CopyButton small text={address} says={words.copy} />
          <button
            type="button"
            className="icon-button small"
            aria-label={words.open(address)}
            title={words.open(address)}
            disabled={target === undefined || show.busy}
            onClick={() =>
              target === undefined
                ? undefined
                : void show.call({ target, pod, port: podPort, localPort, open: true })
            }
          >
            <Icon name="globe" />
          </button>
          <button
            type="button"
            className="icon-button small"
            aria-label={words.stop(pod)}
            title={words.stop(pod)}
            disabled={stop.busy}
            onClick={() => void stop.call({ forward: id })}
          >
            <Icon name="close" />
          </button>
        </span>
      )}
      {state.kind === 'ended' || trouble === undefined ? null : <Trouble trouble={trouble} />}
      {fault === undefined ? null : <FaultLine fault={fault} />}
    </li>
  )
}

function Trouble({ trouble }: { readonly trouble: ForwardTrouble }) {
  const { forward: words } = useWords()
  switch (trouble.kind) {
    case 'port':
      return <p className="tone-warn">{words.port(trouble.text)}</p>
    case 'too-many':
      return <p className="tone-warn">{words.tooMany}</p>
    case 'fault':
      return <FaultLine fault={trouble.fault} />
  }
}
