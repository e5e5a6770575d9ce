import type { MissingRight } from '../fault.ts'

/** `never`: nothing of it was ever read. `stale`: it is read now and then, or was read before. */
export type Without = 'never' | 'stale'

/** Kinds without which a Service can't be drawn, but its templates of before are there all the same. */
const onlyOfNow: readonly string[] = ['pods', 'endpointslices']

function namesEn(rights: readonly MissingRight[]): string {
  const each = rights.map(
    ({ verb, resource, group }) => `${verb} ${resource}${group === '' ? '' : ` (${group})`}`,
  )
  const last = each.at(-1) ?? ''
  return each.length < 2 ? last : `${each.slice(0, -1).join(', ')} and ${last}`
}

/** Whether what is left is enough to tell what ran before. */
export function hasHistory(rights: readonly MissingRight[]): boolean {
  return rights.every((one) => onlyOfNow.includes(one.resource))
}

/** Which rights are missing, what that costs, and what is possible all the same. */
export function rightsEn(rights: readonly MissingRight[], without: Without): string {
  const missing = `You may not ${namesEn(rights)} in namespace ${rights[0]?.namespace ?? ''}.`
  if (without === 'stale')
    return `${missing} What is shown is not live: nothing starts by it and no gate opens. A release that runs waits, and goes on by itself once this is granted. Pause, stop and roll back stay possible.`
  const rest = hasHistory(rights)
    ? 'The history of a Service can be read all the same (tranche history).'
    : 'Other namespaces are not concerned.'
  return `${missing} Without it nobody can tell what runs there: no picture is shown, and nothing is released. ${rest}`
}

export function rightsZh(rights: readonly MissingRight[], without: Without): string {
  const each = rights.map(
    ({ verb, resource, group }) => `${verb} ${resource}${group === '' ? '' : `（${group}）`}`,
  )
  const missing = `你在命名空间 ${rights[0]?.namespace ?? ''} 中没有权限：${each.join('、')}。`
  if (without === 'stale')
    return `${missing}所示数据不是实时的：不会据此开始发布，也不会放行卡点。正在进行的发布会等待，授权后自动继续。暂停、停止和回滚仍然可用。`
  const rest = hasHistory(rights) ? '仍可查看 Service 的历史（tranche history）。' : '其他命名空间不受影响。'
  return `${missing}没有它就无法知道那里运行着什么：不显示画面，也不能发布。${rest}`
}
