import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { ConnectionMark } from '../parts/connection-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { connectionLook } from './connection-state.ts'
import { avatarColour, initials } from './avatar.ts'
import { shownName } from './shown-name.ts'

/** Letters and colour of a cluster, its state as a shape at the corner, and a red plate where it is insecure. */
export function ClusterAvatar({ cluster }: { readonly cluster: ClusterView }) {
  const colour = cluster.training ? 'training' : String(cluster.colour ?? avatarColour(cluster.name))
  return (
    <span className="avatar-place" aria-hidden="true">
      <span className={`avatar avatar-${colour}`}>
        {cluster.training ? <Icon name="train" /> : initials(shownName(cluster))}
      </span>
      {cluster.insecure === true ? (
        <span className="avatar-insecure">
          <Icon name="unlock" />
        </span>
      ) : null}
      <span className="avatar-mark">
        <ConnectionMark look={connectionLook(cluster)} />
      </span>
    </span>
  )
}
