import { assertNever } from '../../../shared/assert-never.ts'
import type { OutsideChange } from '../../../shared/view/outside-changes.ts'
import type { Language } from '../arguments/language.ts'

/** `batch 2`, `batches 1, 2 and 3`. */
function batchesEn(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? 0
  return numbers.length === 1 ? `Batch ${last}` : `Batches ${numbers.slice(0, -1).join(', ')} and ${last}`
}

function byEn(by: string | undefined): string {
  return by === undefined ? '' : ` by ${by}`
}

const podsEn = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`

function english(change: OutsideChange): string {
  const where = batchesEn(change.batches)
  switch (change.change) {
    case 'image':
      return `${where}: image of ${change.container} changed${byEn(change.by)} from ${change.from} to ${change.to}`
    case 'template':
      return `${where}: pod template changed${byEn(change.by)}`
    case 'replicas':
      return `${where}: scaled${byEn(change.by)} from ${change.from} to ${change.to}`
    case 'paused':
      return `${where}: Deployment paused${byEn(change.by)}`
    case 'resumed':
      return `${where}: Deployment resumed${byEn(change.by)}`
    case 'added':
      return `${where}: Deployment ${change.names.join(', ')} is new`
    case 'removed':
      return `${where}: Deployment ${change.names.join(', ')} is gone`
    case 'pods-gone':
      return `${where}: ${podsEn(change.pods)} went, deleted or evicted; the cluster does not say by whom`
    case 'restarts':
      return `${where}: ${change.restarts} new ${change.restarts === 1 ? 'restart' : 'restarts'}`
    case 'failing':
      return `${where}: ${podsEn(change.pods)} ${change.pods === 1 ? 'fails' : 'fail'} (${change.reason})${change.message === '' ? '' : `: ${change.message}`}`
    case 'short':
      return `${where}: ${change.ready} of ${change.desired} pods ready`
    case 'whole':
      return change.pods === 0 ? `${where}: no pods` : `${where}: all ${podsEn(change.pods)} ready`
    default:
      return assertNever(change)
  }
}

function chinese(change: OutsideChange): string {
  const where = `第 ${change.batches.join('、')} 批`
  const by = 'by' in change ? `被 ${change.by} ` : ''
  switch (change.change) {
    case 'image':
      return `${where}：容器 ${change.container} 的镜像${by}从 ${change.from} 改为 ${change.to}`
    case 'template':
      return `${where}：Pod 模板${by}改动`
    case 'replicas':
      return `${where}：副本数${by}从 ${change.from} 改为 ${change.to}`
    case 'paused':
      return `${where}：Deployment ${by}暂停`
    case 'resumed':
      return `${where}：Deployment ${by}恢复`
    case 'added':
      return `${where}：新增 Deployment ${change.names.join('、')}`
    case 'removed':
      return `${where}：Deployment ${change.names.join('、')} 已不存在`
    case 'pods-gone':
      return `${where}：${change.pods} 个 Pod 消失，被删除或驱逐；集群未说明由谁操作`
    case 'restarts':
      return `${where}：新增重启 ${change.restarts} 次`
    case 'failing':
      return `${where}：${change.pods} 个 Pod 失败（${change.reason}）${change.message === '' ? '' : `：${change.message}`}`
    case 'short':
      return `${where}：${change.ready}/${change.desired} 个 Pod 就绪`
    case 'whole':
      return change.pods === 0 ? `${where}：没有 Pod` : `${where}：全部 ${change.pods} 个 Pod 就绪`
    default:
      return assertNever(change)
  }
}

/** One change outside a release, as one sentence. */
export function outsideText(change: OutsideChange, language: Language): string {
  return language === 'zh' ? chinese(change) : english(change)
}

export const liveAgain: Readonly<Record<Language, string>> = {
  en: 'What we see is up to date again',
  zh: '看到的数据又是最新的了',
}
