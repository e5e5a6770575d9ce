import { answerJson, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { placePod } from './bind-pod.ts'
import { textAt, type JsonObject } from './json.ts'
import type { Pod } from './objects.ts'
import type { RequestInfo } from './request-info.ts'
import { pods } from './resources.ts'
import { badRequest, conflict, good, notFound, refuse, type Result } from './status-error.ts'

function findPod(context: ApiContext, info: RequestInfo): Result<Pod> {
  const pod = context.store.get(pods, info.namespace, info.name)
  return pod === undefined ? refuse(notFound(pods, info.name)) : good(pod)
}

/** The log of one container; `follow` goes on until the container ends or the reader leaves. */
export function readLog(context: ApiContext, info: RequestInfo): Result<Answer> {
  const found = findPod(context, info)
  if (!found.ok) return found
  const pod = found.value
  const names = pod.spec.containers.map((container) => container.name)
  const asked = info.query.get('container') ?? ''
  if (asked === '' && names.length > 1) {
    return refuse(
      badRequest(
        `a container name must be specified for pod ${info.name}, choose one of: [${names.join(' ')}]`,
      ),
    )
  }
  const container = asked === '' ? (names[0] ?? '') : asked
  if (!names.includes(container)) {
    return refuse(badRequest(`container ${container} is not valid for pod ${info.name}`))
  }
  const waiting = pod.status?.containerStatuses?.find((status) => status.name === container)?.state.waiting
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
  const lines = tail >= 0 ? log.slice(Math.max(0, log.length - tail)) : log
  if (info.query.get('follow') !== 'true') {
    return good({ kind: 'text', code: 200, text: lines.map(text).join(''), contentType: 'text/plain' })
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
  const found = findPod(context, info)
  if (!found.ok) return found
  const pod = found.value
  if (pod.spec.nodeName !== undefined) {
    return refuse(
      conflict(pods, info.name, `pod ${info.name} is already assigned to node "${pod.spec.nodeName}"`),
    )
  }
  const nodeName = textAt(body, 'target', 'name') ?? ''
  placePod(context, pod, nodeName)
  return good(
    answerJson(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }),
  )
}
