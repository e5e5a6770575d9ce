import { answerJson, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { placePod } from '../node/bind-pod.ts'
import { textAt, type JsonObject } from '../objects/json.ts'
import type { Pod } from '../objects/objects.ts'
import type { RequestInfo } from './request-info.ts'
import { pods } from '../objects/resources.ts'
import {
  badRequest,
  conflict,
  good,
  invalidObject,
  notFound,
  refuse,
  unexpected,
  type Result,
} from '../objects/status-error.ts'
import { isDryRun } from './writing.ts'

function findPod(context: ApiContext, info: RequestInfo): Result<Pod> {
  const pod = context.store.get(pods, info.namespace, info.name)
  return pod === undefined ? refuse(notFound(pods, info.name)) : good(pod)
}

function checkLogOptions(info: RequestInfo): Result<undefined> {
  const limits = [
    ['tailLines', 0, 'greater than or equal to 0'],
    ['sinceSeconds', 1, 'greater than 0'],
    ['limitBytes', 1, 'greater than 0'],
  ] as const
  for (const [field, least, words] of limits) {
    const text = info.query.get(field)
    if (text === null || text === '') continue
    if (!/^-?\d+$/.test(text))
      return refuse(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`))
    if (Number(text) >= least) continue
    const message = `Invalid value: ${text}: must be ${words}`
    const cause = { reason: 'FieldValueInvalid', field, message }
    return refuse(invalidObject({ group: '', kind: 'PodLogOptions', name: info.name }, [cause]))
  }
  return good(undefined)
}

/** From when on lines are wanted: `--since` and `--since-time`. */
function sinceOf(info: RequestInfo, now: number): number {
  const seconds = Number(info.query.get('sinceSeconds') ?? '')
  if (seconds > 0) return now - seconds * 1000
  const time = Date.parse(info.query.get('sinceTime') ?? '')
  return Number.isNaN(time) ? -Infinity : time
}

/** The log of one container; `follow` goes on until the container ends or the reader leaves. */
export function readLog(context: ApiContext, info: RequestInfo): Result<Answer> {
  const checked = checkLogOptions(info)
  if (!checked.ok) return checked
  const found = findPod(context, info)
  if (!found.ok) return found
  const pod = found.value
  const names = pod.spec.containers.map((container) => container.name)
  const initNames = (pod.spec.initContainers ?? []).map((container) => container.name)
  const asked = info.query.get('container') ?? ''
  if (asked === '' && names.length > 1) {
    return refuse(
      badRequest(
        `a container name must be specified for pod ${info.name}, choose one of: [${[...initNames, ...names].join(' ')}]`,
      ),
    )
  }
  const container = asked === '' ? (names[0] ?? '') : asked
  if (![...names, ...initNames].includes(container)) {
    return refuse(badRequest(`container ${container} is not valid for pod ${info.name}`))
  }
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
  const waiting = statuses.find((status) => status.name === container)?.state.waiting
  const previous = info.query.get('previous') === 'true'
  const log = context.logs.read({ uid: pod.metadata.uid, container, previous })
  if (log === undefined) {
    const why = previous
      ? `previous terminated container "${container}" in pod "${info.name}" not found`
      : `container "${container}" in pod "${info.name}" is waiting to start: ${waiting?.reason ?? 'ContainerCreating'}`
    return refuse(badRequest(why))
  }
  const stamps = info.query.get('timestamps') === 'true'
  const text = (line: { readonly at: string; readonly text: string }) =>
    stamps ? `${line.at} ${line.text}\n` : `${line.text}\n`
  const tail = Number(info.query.get('tailLines') ?? '-1')
  const since = sinceOf(info, context.clock.now())
  const recent = log.filter((line) => Date.parse(line.at) >= since)
  const lines = tail >= 0 ? recent.slice(Math.max(0, recent.length - tail)) : recent
  const limit = Number(info.query.get('limitBytes') ?? '') || Infinity
  if (info.query.get('follow') !== 'true') {
    const bytes = Buffer.from(lines.map(text).join(''))
    const part = limit < bytes.length ? bytes.subarray(0, limit) : bytes
    return good({ kind: 'text', code: 200, text: part.toString(), contentType: 'text/plain' })
  }
  return good({
    kind: 'stream',
    contentType: 'text/plain',
    start(sink) {
      for (const line of lines) sink.write(text(line))
      return context.logs.follow({ uid: pod.metadata.uid, container }, (line) => {
        if (line === undefined) sink.end()
        else sink.write(text(line))
      })
    },
  })
}

export function bindPod(context: ApiContext, info: RequestInfo, body: JsonObject): Result<Answer> {
  if ((textAt(body, 'metadata', 'name') ?? info.name) !== info.name)
    return refuse(badRequest('name in URL does not match name in Binding object'))
  const nodeName = textAt(body, 'target', 'name') ?? ''
  if (nodeName === '') return refuse(unexpected('target.name: Required value'))
  const found = findPod(context, info)
  if (!found.ok) return found
  const pod = found.value
  if (pod.spec.nodeName !== undefined) {
    const error = conflict(
      { ...pods, plural: 'pods/binding' },
      info.name,
      `pod ${info.name} is already assigned to node "${pod.spec.nodeName}"`,
    )
    return refuse(error)
  }
  if (!isDryRun(info)) placePod(context, pod, nodeName)
  const answer = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
  return good(answerJson(201, answer))
}
