import { sayChinese } from '../words/sentences-zh.ts'
import { sayFaultSentence } from '../words/faults/say-fault.ts'
import type { ImageProblem } from '../k8s/image.ts'
import type { LimitBound, Unknown } from './check.ts'
import type { CheckWords } from './check-words.ts'
import { rightsZh } from '../words/right-words.ts'

const s = String

/** `第 2、3 批`. */
function on(batches: readonly number[]): string {
  return `第 ${batches.join('、')} 批`
}

const imageProblem: Readonly<Record<ImageProblem, (part: string) => string>> = {
  empty: () => '内容为空。',
  space: () => '其中有空格或换行。',
  scheme: () => '以协议开头，请去掉协议部分。',
  name: (part) => `“${part}”不是有效的仓库名（小写字母和数字，中间可用 . _ -）。`,
  'name-long': () => '仓库名超过 255 个字符。',
  tag: (part) =>
    part === ''
      ? '冒号后缺少标签。'
      : `“${part}”不是有效的标签（字母、数字和 . _ -，最多 128 个字符，不能以 . 或 - 开头）。`,
  digest: (part) => `“${part}”不是有效的摘要（sha256: 加 64 位十六进制数字）。`,
  identifier: () => '这是某台机器上的镜像 ID，镜像仓库需要名称。',
}

const unknown: Readonly<Record<Unknown, string>> = {
  record: '发布记录能否写入（有 webhook 不支持试运行）',
  permissions: '你的权限',
  autoscalers: '自动伸缩（HPA）',
  budgets: '中断预算（PDB）',
  quotas: '配额余量',
  limits: '资源上下限（LimitRange）',
  nodes: '节点余量',
  'pods-elsewhere': '节点余量（无法统计其上的 Pod）',
  namespace: '命名空间的 Pod Security 级别',
  'service-accounts': '服务账号是否存在',
  'pull-secrets': '镜像拉取密钥是否存在',
}

const limitBound: Readonly<Record<LimitBound, string>> = {
  min: '下限',
  max: '上限',
  maxLimitRequestRatio: 'limit 与 request 之比的上限',
}

export const checkZh: CheckWords = {
  unknown,
  level: { ok: '通过', info: '提示', warning: '警告', blocker: '阻断' },
  passed: (count) => `${s(count)} 项检查通过`,
  counts: ({ blocker, warning, info, ok }) =>
    [
      blocker === 0 ? '' : `${s(blocker)} 项阻断`,
      warning === 0 ? '' : `${s(warning)} 项警告`,
      info === 0 ? '' : `${s(info)} 项提示`,
      ok === 0 ? '' : `${s(ok)} 项通过`,
    ]
      .filter((part) => part !== '')
      .join('，'),
  sentence: {
    stale: (w) =>
      w.rights.length === 0 ? '数据不是实时的：不会依据旧画面开始发布' : rightsZh(w.rights, 'stale'),
    'no-batches': () => '此 Service 后面没有 Deployment',
    'other-release': (w) => `${w.holder} 正在发布此服务：请等待，或请对方停止`,
    'release-running': () => '此服务正在发布：先停止它，或用这次发布取代它',
    'lock-expired': (w) => `${w.holder} 的锁已过期：这次发布将取得它`,
    'held-elsewhere': (w) =>
      `${w.by} 在 Service ${w.service} 上的发布 ${w.release} 占用了相同的 Deployment，请先在那里结束：tranche status ${w.service}`,
    'leases-unknown': () => '无法读取 Lease：不知道其他 Service 的发布是否占用这些 Deployment',
    'abandoned-release': (w) =>
      w.ended !== undefined
        ? `${w.by} 的发布已结束，但${w.ended === 'paused' ? '它设置的暂停（spec.paused）尚未取消：请接管以取消暂停' : '它的一次写入仍可能生效：请接管以确认其结果'}`
        : `${w.by} 的发布没有完成，也无人驱动：请先接管，再继续、停止或取代它；也可以回退`,
    'journal-unreadable': (w) =>
      `无法读取上次发布的日志：${sayChinese({ kind: w.newer ? 'journal-newer' : 'journal-unreadable' })}`,
    'shared-selector': (w) =>
      `${s(w.batches)} 个批次共用一个选择器：对其中一批执行 kubectl logs 或 exec 可能落到任意一批`,
    'publishes-not-ready': () =>
      '该 Service 设置了 publishNotReadyAddresses：新 Pod 未就绪就会接收流量，异常 Pod 也不会被摘除',
    'foreign-pods': (w) => `Service 后面有 ${s(w.pods)} 个 Pod 不属于任何批次，它们保持原样`,
    'not-known': (w) => `无法读取，因此未知：${w.about.map((one) => unknown[one]).join('、')}`,
    permission: (w) => `没有权限 ${w.verb} ${w.resource} ${w.name}：发布会在第 ${s(w.batch)} 批失败`,
    'permissions-ok': (w) => `有权修改全部 ${s(w.batches)} 个 Deployment`,
    'no-lease-right': (w) =>
      `没有权限 ${w.verbs.join('、')} Lease：没有锁阻止他人，日志只保存在本机。同意后才能开始`,
    'without-lock': () => '不加锁发布：不会阻止他人，且只有本机能继续这次发布',
    'lock-refused': (w) => `集群会拒绝此发布的锁与记录（Lease）：${sayFaultSentence(w.says, 'zh')}`,
    'history-refused': (w) =>
      `集群会拒绝历史记录（ConfigMap），历史只保存在本机：${sayFaultSentence(w.says, 'zh')}`,
    'journal-size': (w) =>
      `此发布的记录在 Lease 中需要 ${w.kib} KiB，上限为 ${w.may} KiB：请减少一次发布的批次，或缩小 Pod 模板`,
    'supersede-gone': () => '要取代的发布没有在这里进行',
    'no-history-right': () => '无权写入 ConfigMap：发布结束后不会留在集群的历史里',
    'no-log-right': () => '无权读取日志：失败的 Pod 不会显示最后几行日志',
    'dry-run': (w) => `第 ${s(w.batch)} 批：集群拒绝这项修改：${sayFaultSentence(w.says, 'zh')}`,
    'template-conflict': (w) =>
      `${on(w.batches)}：编辑改动了 ${w.places.join('、')}，而那里运行的内容不同。请选择以哪个为准`,
    'draft-refused': (w) => `无法这样发布：${sayFaultSentence(w.says, 'zh')}`,
    'dry-run-ok': (w) => `集群会接受全部 ${s(w.batches)} 批的修改`,
    'server-warning': (w) => `${on(w.batches)}：集群警告：${w.message}`,
    'image-invalid': ({ image, problem, part }) =>
      `${image === '' ? '镜像' : image} 不是有效的镜像引用：${imageProblem[problem](part)}`,
    'no-container': (w) => `${on(w.batches)}没有容器 ${w.container}`,
    'repository-changes': (w) =>
      `${on(w.batches)}：容器 ${w.container} 的镜像来源将从 ${w.from} 变为 ${w.to}`,
    'digest-lost': (w) =>
      `${on(w.batches)}：容器 ${w.container} 原来按摘要（digest）固定，而 ${w.tag} 没有摘要：内容可能变化`,
    'tag-differs': (w) =>
      w.variant
        ? `${on(w.batches)}运行 ${w.tag}，多数批次运行 ${w.others}，这次将得到 ${w.to}：如果镜像标签的后缀有意义，请跳过并单独发布`
        : `${on(w.batches)}运行 ${w.tag}，多数批次运行 ${w.others}`,
    'image-ok': (w) => `镜像地址格式正确（${w.tag}）`,
    'image-mutable': (w) => `标签 ${w.tag} 的内容可能在批次之间变化`,
    'image-no-digest': (w) => `标签 ${w.tag} 没有摘要（digest）：能推送的人可以改变它的内容`,
    'image-same': (w) => `${on(w.batches)}已在运行此镜像：那里不会有任何变化`,
    'image-cached': (w) =>
      w.policy === 'Never'
        ? `${on(w.batches)}从不拉取镜像（imagePullPolicy Never）：每个节点上都必须已有 ${w.tag}`
        : `${on(w.batches)}只在缺少时拉取 ${w.tag}：节点可能运行较旧的内容`,
    'tag-moved': (w) =>
      `${on(w.batches)}：Pod 在同一引用 ${w.image} 下运行着 ${s(w.contents)} 种不同内容：标签被移动过。请按摘要发布，或以 imagePullPolicy Always 重启`,
    'init-image': (w) => `${on(w.batches)}：${w.container} 是初始化容器，也会换成新镜像`,
    'same-repository': (w) => `${on(w.batches)}：同一仓库的容器 ${w.container} 仍保持 ${w.image}`,
    'no-readiness-probe': (w) => `${on(w.batches)}没有就绪探针：启动即视为就绪，关卡证明不了什么`,
    'probes-ok': () => '每批都有就绪探针',
    recreate: (w) => `${on(w.batches)}会先停掉全部 Pod 再启动新的（Recreate）`,
    paused: (w) => `${on(w.batches)}的 Deployment 已暂停：修改不会生效，请先恢复`,
    deleting: (w) => `${on(w.batches)}的 Deployment 正在被删除`,
    'no-history': (w) =>
      `${on(w.batches)}不保留旧的 ReplicaSet（revisionHistoryLimit 为 0）：kubectl 无法在那里回退`,
    'short-history': (w) =>
      `${on(w.batches)}只保留一个旧的 ReplicaSet（revisionHistoryLimit 为 1）：kubectl 只能回退一步`,
    'no-min-ready': (w) => `${on(w.batches)}的 minReadySeconds 为 0：Pod 一就绪即计入`,
    'no-deadline': (w) => `${on(w.batches)}没有进度期限：卡住时只有发布自己的时限会结束它`,
    'long-deadline': (w) => `${on(w.batches)}的进度期限为 ${s(w.seconds)} 秒：卡住后很晚才算失败`,
    'deadline-below-min-ready': (w) =>
      `${on(w.batches)}的进度期限不大于 minReadySeconds：每次更新都会因此失败`,
    'tolerance-kept': (w) =>
      `${on(w.batches)}允许缺少的 Pod 多于 maxUnavailable：此时旧 Pod 会保留，该批在时限内不会完成`,
    'empty-batch': (w) => `${on(w.batches)}没有 Pod，无法验证`,
    'first-not-smallest': (w) =>
      `第 ${s(w.batch)} 批最先更新，占 ${s(w.total)} 个 Pod 中的 ${s(w.pods)} 个，而第 ${s(w.smallest)} 批只有 ${s(w.fewest)} 个：新版本若有问题，影响面会偏大`,
    'size-invalid': (w) => `第 ${s(w.batch)} 批的大小：现在已有 ${w.pods} 个 Pod`,
    unhealthy: (w) =>
      `第 ${s(w.batch)} 批在开始前 ${s(w.desired)} 个 Pod 中只有 ${s(w.ready)} 个就绪：之后的失败未必是新问题`,
    'batch-halved': (w) =>
      `第 ${s(w.batch)} 批更新时可能只剩 ${s(w.kept)}/${s(w.desired)} 个 Pod（maxUnavailable）`,
    'service-halved': (w) =>
      `第 ${s(w.batch)} 批更新时整个 Service 可能只剩 ${s(w.kept)}/${s(w.desired)} 个 Pod`,
    'templates-differ': (w) =>
      `${on(w.batches)}与第 ${s(w.like)} 批除镜像外还有差异，金丝雀的结论因此打折：${w.fields.join('、')}`,
    'part-of-service': (w) => `Service ${w.service} 只包含${on(w.batches)}：它的用户看到的新旧比例不同`,
    'orphan-sets': (w) => `有无主的 ReplicaSet（${w.names.join('、')}）：某一批可能连同其 Pod 一起接管`,
    'reverted-by': (w) =>
      `${w.manager} 维持着${on(w.batches)}的内容，可能在几分钟内、发布途中撤销修改：请在那里改镜像，或先暂停它`,
    'managed-by': (w) => `${on(w.batches)}由 ${w.manager} 管理：若那里没有同样的镜像，下次运行会撤销这项修改`,
    'last-applied': (w) => `${on(w.batches)}由 kubectl apply 创建：再次 apply 旧文件会撤销这项修改`,
    autoscaler: (w) =>
      `${w.keda ? 'KEDA 的自动伸缩' : '自动伸缩'} ${w.name} 决定${on(w.batches)}的 Pod 数（${s(w.min)} 到 ${s(w.max)}）：发布途中可能变化`,
    'autoscaler-resize': (w) => `自动伸缩 ${w.name} 会撤销${on(w.batches)}的新大小：请改它的上下限`,
    'autoscalers-ambiguous': (w) =>
      `自动伸缩 ${w.names.join('、')} 共用一个选择器（${on(w.batches)}）：Kubernetes 一个都不会伸缩`,
    'autoscaler-shared-metrics': (w) =>
      `自动伸缩 ${w.name} 用所有批次的 Pod 来衡量${on(w.batches)}：它的数字不对`,
    budget: (w) => `中断预算 ${w.name} 覆盖${on(w.batches)}：它限制驱逐，不限制发布`,
    'budgets-twice': (w) =>
      `中断预算 ${w.names.join('、')} 覆盖相同的 Pod（${on(w.batches)}）：驱逐都会失败，节点无法排空`,
    'quota-short': (w) =>
      `配额 ${w.quota}：发布还需要 ${w.resource} ${w.needs}，只剩 ${w.left}，新的 Pod 会被拒绝`,
    'quota-unset': (w) => `配额 ${w.quota} 统计 ${w.resource}，而${on(w.batches)}没有写明：新的 Pod 会被拒绝`,
    'quota-ok': (w) => `配额足够再容纳 ${s(w.pods)} 个 Pod`,
    'limit-broken': (w) =>
      `${on(w.batches)}：容器 ${w.container} 超出 LimitRange ${w.limit}（${w.resource} ${limitBound[w.bound]} ${w.value}）：新的 Pod 会被拒绝`,
    'limit-broken-pod': (w) =>
      `${on(w.batches)}：Pod 内所有容器合计超出 LimitRange ${w.limit}（${w.resource} ${limitBound[w.bound]} ${w.value}）：新的 Pod 会被拒绝`,
    'nodes-short': (w) =>
      `第 ${s(w.batch)} 批还需要 ${s(w.needs)} 个 Pod 的位置，节点只够 ${s(w.fits)} 个：其余会因 Unschedulable 等待`,
    'nodes-short-replaced': (w) =>
      `新 Pod 的请求量大于旧 Pod：到第 ${s(w.batch)} 批为止共需要 ${s(w.needs)} 个 Pod 的位置，旧 Pod 退出后节点也只够 ${s(w.fits)} 个：其余会因 Unschedulable 等待`,
    'nodes-ok': (w) => `节点足够再容纳 ${s(w.pods)} 个 Pod`,
    'nodes-unsure': (w) => `按请求量节点足够再容纳 ${s(w.pods)} 个 Pod；没有计算调度规则`,
    'pod-security': (w) =>
      `命名空间强制 Pod Security ${w.level}：不符合的 Pod 会被拒绝，即使 Deployment 被接受`,
    'service-account-missing': (w) => `${on(w.batches)}：服务账号 ${w.name} 不存在：新的 Pod 会被拒绝`,
    'pull-secret-missing': (w) => `${on(w.batches)}：拉取密钥 ${w.name} 不存在：无法拉取私有镜像`,
  },
}
