import type { PodKind, PodsView } from '../../shared/view/pods-view.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { PodState } from '../../shared/model/batch-set.ts'
import { uid } from '../../shared/ids.ts'
import { newTag, now, oldTag } from './batch-fixture.ts'

const states: Readonly<Record<string, PodState>> = {
  n: 'new',
  s: 'starting',
  f: 'failing',
  x: 'failing',
  o: 'old',
  e: 'ending',
}

const kinds: Readonly<Record<string, PodKind>> = {
  n: 'new',
  s: 'starting',
  f: 'failing',
  x: 'failing-old',
  o: 'old',
  e: 'ending',
}

/** One pod per letter of the picture, with the events that belong to the failing ones. */
const port = { batch: 1, podPort: 7001 }

/** One that is looked at, one on which nothing listens, one whose pod is gone. */
export const openPorts: PodsView['forwards'] = [
  {
    ...port,
    id: 'a',
    pod: 'demo-aone-1-5c84d7f9b-q7mzt',
    localPort: 41_233,
    address: 'http://127.0.0.1:41233/',
    state: { kind: 'open', connections: 2 },
  },
  {
    ...port,
    id: 'b',
    pod: 'demo-aone-2-7d9f6c8b5-x2kqp',
    batch: 2,
    podPort: 9999,
    localPort: 41_234,
    address: 'http://127.0.0.1:41234/',
    state: { kind: 'open', connections: 0 },
    trouble: {
      kind: 'port',
      text: 'error forwarding port 9999 to pod 2f0c, uid : failed to connect to localhost:9999: connection refused',
    },
  },
  {
    ...port,
    id: 'c',
    pod: 'demo-aone-1-5c84d7f9b-k2v8d',
    localPort: 41_235,
    address: 'http://127.0.0.1:41235/',
    state: { kind: 'ended', why: 'pod-gone' },
  },
]

export function podsView(view: PipelineView): PodsView {
  const pods = view.batches.flatMap((batch) =>
    Array.from(batch.pods).map((letter, index) => {
      const state = states[letter] ?? 'old'
      const isNew = state === 'new' || state === 'starting' || letter === 'f'
      const told = batch.from !== undefined || batch.to !== undefined || view.release !== undefined
      const ready = state === 'new' || state === 'old'
      return {
        uid: uid(`uid-pod-${String(batch.number)}-${String(index)}`),
        name: `${batch.name}-${isNew ? '7d9f6c8b5' : '5f7b9d6c4'}-${(index * 7919 + 17000).toString(36).padStart(5, 'x')}`,
        node: `cn-north-2-w${String((index % 7) + 1).padStart(2, '0')}`,
        state,
        kind: letter === 'o' && !told ? ('ready' as const) : (kinds[letter] ?? 'old'),
        version: isNew ? newTag : oldTag,
        isNew,
        ready,
        serving: ready,
        telling: 'demo-aone',
        restarts: state === 'failing' ? 4 : 0,
        createdAt: now - 90_000 - index * 1000,
        reason: state === 'failing' ? (batch.trouble?.reason ?? 'ImagePullBackOff') : '',
        message: '',
        batch: batch.number,
      }
    }),
  )
  return {
    forwards: [],
    pods,
    events: [
      {
        at: now - 18_000,
        type: 'Warning',
        reason: 'Failed',
        message: 'dial tcp 10.12.4.9:443: i/o timeout',
        count: 6,
        object: 'Pod demo-aone-2-7d9f6c8b5-x2kqp',
        batch: 2,
      },
      {
        at: now - 84_000,
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off pulling image',
        count: 3,
        object: 'Pod demo-aone-2-7d9f6c8b5-x2kqp',
        batch: 2,
      },
      {
        at: now - 214_000,
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message: 'Scaled up replica set demo-aone-2-7d9f6c8b5 to 8',
        count: 1,
        object: 'Deployment demo-aone-2',
        batch: 2,
      },
    ],
  }
}
