import type { Json } from './json.ts'
import type { Unready } from './objects.ts'
import { listAt, objectAt, textAt } from './read-json.ts'

/**
 * Statuses of what runs for as long as its pod: the containers, and the init containers with restartPolicy Always
 * (native sidecars), which the kubelet lists among the others. An init container that has run to its end is no part
 * of it: how often it was tried says nothing about what serves now.
 */
export function livingStatuses(raw: Json): readonly Json[] {
  const sidecars = new Set(
    listAt(objectAt(raw, 'spec'), 'initContainers')
      .filter((one) => textAt(one, 'restartPolicy') === 'Always')
      .map((one) => textAt(one, 'name')),
  )
  const status = objectAt(raw, 'status')
  const beside = listAt(status, 'initContainerStatuses').filter((one) => sidecars.has(textAt(one, 'name')))
  return [...listAt(status, 'containerStatuses'), ...beside]
}

/**
 * What keeps a pod from being ready, in the words of its conditions. The kubelet names a readiness gate only by its
 * type; why it is shut stands in the condition that somebody else writes, so both are said.
 */
export function readUnready(raw: Json): Unready | undefined {
  const conditions = listAt(objectAt(raw, 'status'), 'conditions')
  const condition = (type: string): Json | undefined => conditions.find((one) => textAt(one, 'type') === type)
  const ready = condition('Ready')
  if (ready === undefined || textAt(ready, 'status') === 'True') return undefined
  const said = { reason: textAt(ready, 'reason'), message: textAt(ready, 'message') }
  // While its containers are not ready either, the gate is not what it waits for.
  if (textAt(condition('ContainersReady'), 'status') !== 'True') return said
  const shut = listAt(objectAt(raw, 'spec'), 'readinessGates')
    .map((one) => textAt(one, 'conditionType'))
    .find((type) => textAt(condition(type), 'status') !== 'True')
  if (shut === undefined) return said
  const own = condition(shut)
  const why = [textAt(own, 'reason'), textAt(own, 'message')].filter((text) => text !== '').join(': ')
  return { reason: said.reason, message: why === '' ? said.message : why, gate: shut }
}
