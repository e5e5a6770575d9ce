import type { ReleaseSentence } from '../../fault-sentences/release-sentence.ts'
import type { FaultTable } from './fault-words-table.ts'

export const releaseFaults: FaultTable<ReleaseSentence> = {
  'no-release': { en: 'No release of this Service is known.', zh: '没有此 Service 的发布记录。' },
  'release-over': { en: 'This release has ended.', zh: '此发布已结束。' },
  'release-running': {
    en: 'A release of this Service is running. Stop it or roll it back first.',
    zh: '此 Service 的发布正在进行，请先停止或回滚。',
  },
  'release-unfinished': {
    en: ({ id, by }) =>
      `Release ${id} of ${by} has not ended, and nobody drives it. Take it over to go on, to stop it or to let this one take its place; or roll it back.`,
    zh: ({ id, by }) =>
      `${by} 的发布 ${id} 尚未结束，且无人驱动。请接管后继续、停止或由本次发布取代，也可以回滚。`,
  },
  'release-still-paused': {
    en: ({ id, by }) =>
      `Release ${id} of ${by} has ended, and what it paused (spec.paused) is not unpaused yet. Take it over to unpause it.`,
    zh: ({ id, by }) => `${by} 的发布 ${id} 已结束，但它暂停的内容（spec.paused）尚未恢复。请接管以恢复。`,
  },
  'release-in-doubt': {
    en: ({ id, by }) =>
      `Release ${id} of ${by} has ended, and a write of it may still land. Take it over to see it out.`,
    zh: ({ id, by }) => `${by} 的发布 ${id} 已结束，但它的一次写入仍可能生效。请接管以等待其结果。`,
  },
  'release-overlaps': {
    en: ({ id, by, service, namespace }) =>
      `Release ${id} of ${by}, of the Service ${service}, has not ended and holds the same Deployments. Open it there: tranche status ${service} -n ${namespace}`,
    zh: ({ id, by, service, namespace }) =>
      `${by} 对 Service ${service} 的发布 ${id} 尚未结束，占用着相同的 Deployment。请在那里打开：tranche status ${service} -n ${namespace}`,
  },
  'driven-by': {
    en: ({ person }) => `${person} drives a release of this Service.`,
    zh: ({ person }) => `${person} 正在驱动此 Service 的发布。`,
  },
  'driven-here-by': {
    en: ({ person }) => `${person} drives a release of this Service on this machine.`,
    zh: ({ person }) => `${person} 正在本机驱动此 Service 的发布。`,
  },
  'driven-elsewhere': {
    en: 'It is driven by another run of Tranche.',
    zh: '由另一个运行中的 Tranche 驱动。',
  },
  'nobody-drives-now': {
    en: 'Nobody drives this release any more. Look again.',
    zh: '此发布已无人驱动，请重新查看。',
  },
  'another-begun': {
    en: 'Another release has begun since. Look again.',
    zh: '之后已开始另一次发布，请重新查看。',
  },
  'started-elsewhere': {
    en: 'Somebody else has started a release of this Service at this moment.',
    zh: '此时已有他人开始了此 Service 的发布。',
  },
  'replaced-gone': {
    en: 'The release that was to be replaced does not run here any more. Look again.',
    zh: '要取代的发布已不在此处运行，请重新查看。',
  },
  'replaced-now': {
    en: 'Something else takes the place of this release at this moment. Look again.',
    zh: '此发布正在被取代，请重新查看。',
  },
  'braked-first': {
    en: 'What runs was braked before anything else had taken its place. Look again.',
    zh: '运行中的发布在被取代之前已被制止，请重新查看。',
  },
  'write-may-land': {
    en: 'A write of the release that runs may still land. Try again, or stop it first.',
    zh: '运行中的发布仍有写入可能生效。请重试，或先停止它。',
  },
  'write-unseen': {
    en: 'What was written last has not been seen yet. Try again in a moment.',
    zh: '最后写入的内容尚未看到，请稍后重试。',
  },
  'moved-on': {
    en: 'The release has moved on since you looked. Look again.',
    zh: '在你查看之后发布已有变化，请重新查看。',
  },
  'data-stale': {
    en: 'What we see of this cluster is not up to date.',
    zh: '现在看到的此集群的数据不是最新的。',
  },
  'not-tried': {
    en: ({ words }) => `It could not be tried: ${words}`,
    zh: ({ words }) => `无法尝试：${words}`,
  },
  'journal-moved': {
    en: 'The journal moved on at this moment. Ask again.',
    zh: '发布记录此时刚好有变化，请重新请求。',
  },
  'journal-written-since': {
    en: 'The journal has been written since. Look again.',
    zh: '之后发布记录已被写入，请重新查看。',
  },
  'journal-unwritten': { en: 'The journal could not be written.', zh: '无法写入发布记录。' },
  'journal-of-newer': {
    en: 'The journal of the last release was written by a newer Tranche.',
    zh: '上次的发布记录由更新版本的 Tranche 写入。',
  },
  'journal-broken': {
    en: 'The journal of the last release is not readable.',
    zh: '上次的发布记录无法读取。',
  },
  'journal-too-large': {
    en: ({ takes, may }) =>
      `The record of this release would take ${takes} KiB in its Lease, and may take ${may}: release fewer batches at a time, or make the pod templates smaller.`,
    zh: ({ takes, may }) =>
      `此发布的记录在 Lease 中将占用 ${takes} KiB，上限为 ${may} KiB：请减少每次发布的批次，或缩小 Pod 模板。`,
  },
  'lock-deleted': { en: 'The lock of this release was deleted.', zh: '此发布的锁已被删除。' },
  'lock-lost': {
    en: ({ holder = 'somebody else' }) => `The lock of this release is held by ${holder} now.`,
    zh: ({ holder = '他人' }) => `此发布的锁现在由 ${holder} 持有。`,
  },
  'taken-over-by': {
    en: ({ person }) => `This release was taken over by ${person}.`,
    zh: ({ person }) => `此发布已被 ${person} 接管。`,
  },
  'nothing-changes': {
    en: 'Nothing would change: no image and no size.',
    zh: '没有任何变化：没有镜像，也没有副本数。',
  },
  'no-batch-chosen': {
    en: 'No batch is chosen: nothing would change.',
    zh: '没有选择批次：不会有任何变化。',
  },
  'no-target': { en: ({ batch }) => `${batch} has no target.`, zh: ({ batch }) => `${batch} 没有目标。` },
  'no-image': {
    en: ({ batch }) => `Nothing would change in ${batch}: it gets no image.`,
    zh: ({ batch }) => `${batch} 不会有任何变化：没有为它指定镜像。`,
  },
  'not-an-image': {
    en: ({ image }) => `"${image}" is not an image reference.`,
    zh: ({ image }) => `“${image}”不是镜像引用。`,
  },
  'no-such-container': {
    en: ({ batch, container }) => `${batch} has no container ${container}.`,
    zh: ({ batch, container }) => `${batch} 没有容器 ${container}。`,
  },
  'batch-gone': { en: 'One of these batches is gone. Look again.', zh: '其中有批次已不存在，请重新查看。' },
  'edited-batch-gone': {
    en: 'The batch whose template was edited is gone.',
    zh: '编辑了模板的批次已不存在。',
  },
  'batch-changed-since': {
    en: ({ batch }) => `${batch} has been changed since. Look again.`,
    zh: ({ batch }) => `${batch} 之后已被更改，请重新查看。`,
  },
  'runs-already': {
    en: 'Every one of these batches runs what was chosen already.',
    zh: '这些批次都已在运行所选的内容。',
  },
  'no-replica-set': { en: 'the cluster has no ReplicaSet of it.', zh: '集群中没有它的 ReplicaSet。' },
  'template-moved': {
    en: ({ batches }) =>
      `The pod template of ${batches.join(', ')} is another one than when it was compared.`,
    zh: ({ batches }) => `${batches.join('、')} 的 Pod 模板与比较时不同。`,
  },
  'template-undecided': {
    en: ({ batch, places }) => `The edit and ${batch} both changed ${places.join(', ')}: say which holds.`,
    zh: ({ batch, places }) => `编辑内容与 ${batch} 都更改了 ${places.join('、')}：请选择以哪个为准。`,
  },
  'sizes-moved': {
    en: ({ sizes }) =>
      sizes.map(({ name, from, to }) => `${name} has ${to} pods by now, not ${from}.`).join(' '),
    zh: ({ sizes }) =>
      sizes.map(({ name, from, to }) => `${name} 现在有 ${to} 个 Pod，而不是 ${from} 个。`).join(''),
  },
  'not-at-gate': {
    en: 'The release no longer waits at this gate.',
    zh: '发布已不在此卡点等待。',
  },
  'none-changed': {
    en: 'None of these batches was changed by this release.',
    zh: '此发布没有更改过这些批次。',
  },
  'plan-fixed': {
    en: ({ batch = '?' }) => `Batch ${batch} has begun: its plan is fixed.`,
    zh: ({ batch = '?' }) => `第 ${batch} 批已开始：计划无法再更改。`,
  },
  'stays-left-out': {
    en: ({ batch }) => `Batch ${batch} gets no image in this release: it stays left out.`,
    zh: ({ batch }) => `此发布没有为第 ${batch} 批指定镜像：仍不包含该批。`,
  },
  'changed-again': {
    en: 'This batch has been changed again since. Look again.',
    zh: '此批次之后又被更改，请重新查看。',
  },
  'leave-out-without-container': {
    en: ({ batch, container }) => `${batch} has no container ${container}: leave this batch out.`,
    zh: ({ batch, container }) => `${batch} 没有容器 ${container}：请跳过该批。`,
  },
}
