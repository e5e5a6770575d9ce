import { useWords } from '../i18n/use-words.ts'
import { ConnectionMark } from '../parts/connection-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { connectionLook } from './connection-state.ts'
import { ClusterAvatar } from './cluster-avatar.tsx'
import type { ClusterRow } from './find-clusters.ts'

type ClusterOptionProps = {
  readonly id: string
  readonly row: ClusterRow
  readonly active: boolean
  readonly onChoose: () => void
}

/** One cluster in the list of all: its names, how it stands, and where it comes from. */
export function ClusterOption({ id, row, active, onChoose }: ClusterOptionProps) {
  const { connection, production } = useWords()
  const { cluster, name, state } = row
  const look = connectionLook(cluster)
  return (
    <li id={id} className="cluster-option" role="option" aria-selected={active} onClick={onChoose}>
      <ClusterAvatar cluster={cluster} />
      <span className="cluster-names">
        <b>
          <Middle text={name} tail={12} from={40} />
        </b>
        {name === cluster.name || cluster.training ? null : (
          <span className="dim">
            <Middle text={cluster.name} tail={20} from={40} />
          </span>
        )}
        {cluster.production === undefined ? null : (
          <span className="badge prod-badge">{production.badge}</span>
        )}
        {cluster.insecure === true ? (
          <span className="insecure-mark" title={connection.insecureWhy}>
            <Icon name="unlock" />
            {connection.insecure}
          </span>
        ) : null}
      </span>
      <span className={`connection-word word-${look}`}>
        <ConnectionMark look={look} />
        {state}
      </span>
      {cluster.training ? null : (
        <span className="cluster-where mono">
          <Middle text={cluster.server} tail={16} from={40} />
          <Middle text={cluster.file} tail={24} from={40} />
        </span>
      )}
    </li>
  )
}
