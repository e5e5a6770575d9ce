import type { CheckWhat } from '../contract.ts'

type CheckWords = {
  readonly [K in CheckWhat['kind']]: (what: Extract<CheckWhat, { readonly kind: K }>) => string
}

const named = (name: string | undefined) => (name === undefined ? '' : ` ${name}`)

/** One line per preflight check. */
export const checkEn: CheckWords = {
  permission: (w) => `You may ${w.allowed ? '' : 'not '}${w.verb} ${w.resource}${named(w.name)}`,
  'permissions-ok': (w) =>
    w.batches === 1 ? 'You may change the Deployment' : `You may change all ${String(w.batches)} Deployments`,
  'image-invalid': (w) => `${w.image === '' ? 'The image' : w.image} is not an image reference: ${w.why}`,
  'image-ok': (w) => `The tag ${w.tag} is well formed`,
  'image-mutable': (w) => `The tag ${w.tag} can change its content between batches`,
  'image-same': (w) => `Batch ${String(w.batch)} runs this image already`,
  'dry-run': (w) =>
    `Batch ${String(w.batch)}: ${w.ok ? 'the cluster would accept the change' : `the cluster refuses: ${w.message}`}`,
  'dry-run-ok': (w) =>
    `The cluster would accept the change of ${w.batches === 1 ? 'the batch' : `all ${String(w.batches)} batches`}`,
  'shared-selector': (w) => `All ${String(w.batches)} batches share one selector`,
  'no-readiness-probe': (w) => `Batch ${String(w.batch)} has no readiness probe: ready means started`,
  'probes-ok': () => 'Every batch has a readiness probe',
  recreate: (w) => `Batch ${String(w.batch)} stops all its pods before it starts new ones (Recreate)`,
  paused: (w) => `The Deployment of batch ${String(w.batch)} is paused`,
  'no-history': (w) => `Batch ${String(w.batch)} keeps no old ReplicaSets (revisionHistoryLimit 0)`,
  'no-min-ready': () => 'minReadySeconds is 0: a pod counts as soon as it is ready',
  'empty-batch': (w) => `Batch ${String(w.batch)} has no pods: nothing is verified there`,
  'size-invalid': (w) => `Size of batch ${String(w.batch)}: ${w.why}`,
  unhealthy: (w) =>
    `Batch ${String(w.batch)} has ${String(w.ready)} of ${String(w.desired)} pods ready before the start`,
  'managed-by': (w) => `Batch ${String(w.batch)} is managed by ${w.manager}, which may undo the change`,
  'other-release': (w) => `${w.holder} is releasing this service`,
  'no-lease-right': () => 'You may not write the lock (Lease) in this namespace',
  stale: () => 'The data is not live',
  'no-batches': () => 'No Deployment stands behind this Service',
}

export const checkZh: CheckWords = {
  permission: (w) => `${w.allowed ? '有' : '没有'}权限 ${w.verb} ${w.resource}${named(w.name)}`,
  'permissions-ok': (w) => `有权修改全部 ${String(w.batches)} 个 Deployment`,
  'image-invalid': (w) => `${w.image === '' ? '镜像' : w.image} 不是有效的镜像引用：${w.why}`,
  'image-ok': (w) => `标签 ${w.tag} 格式正确`,
  'image-mutable': (w) => `标签 ${w.tag} 的内容可能在批次之间变化`,
  'image-same': (w) => `第 ${String(w.batch)} 批已在运行此镜像`,
  'dry-run': (w) => `第 ${String(w.batch)} 批：${w.ok ? '集群会接受这项修改' : `集群拒绝：${w.message}`}`,
  'dry-run-ok': (w) => `集群会接受全部 ${String(w.batches)} 批的修改`,
  'shared-selector': (w) => `${String(w.batches)} 个批次共用一个选择器`,
  'no-readiness-probe': (w) => `第 ${String(w.batch)} 批没有就绪探针：启动即视为就绪`,
  'probes-ok': () => '每批都有就绪探针',
  recreate: (w) => `第 ${String(w.batch)} 批会先停掉全部 Pod 再启动新的（Recreate）`,
  paused: (w) => `第 ${String(w.batch)} 批的 Deployment 已暂停`,
  'no-history': (w) => `第 ${String(w.batch)} 批不保留旧的 ReplicaSet（revisionHistoryLimit 为 0）`,
  'no-min-ready': () => 'minReadySeconds 为 0：Pod 一就绪即计入',
  'empty-batch': (w) => `第 ${String(w.batch)} 批没有 Pod，无法验证`,
  'size-invalid': (w) => `第 ${String(w.batch)} 批的大小：${w.why}`,
  unhealthy: (w) =>
    `第 ${String(w.batch)} 批在开始前 ${String(w.desired)} 个 Pod 中只有 ${String(w.ready)} 个就绪`,
  'managed-by': (w) => `第 ${String(w.batch)} 批由 ${w.manager} 管理，它可能撤销这项修改`,
  'other-release': (w) => `${w.holder} 正在发布此服务`,
  'no-lease-right': () => '无权在此命名空间写入锁（Lease）',
  stale: () => '数据不是实时的',
  'no-batches': () => '此 Service 后面没有 Deployment',
}

/** Says one check. The kind chooses the function, so each is called with its own shape. */
export function sayCheck(words: CheckWords, what: CheckWhat): string {
  const one = words[what.kind] as (what: CheckWhat) => string
  return one(what)
}
