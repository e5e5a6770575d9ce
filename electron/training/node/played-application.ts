import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { TrainingClock } from '../clock/clock.ts'
import type { Container, Pod } from '../objects/objects.ts'
import { behaviourOf } from './pod-behaviours.ts'

/** What a port-forward reaches: the container of a pod that listens on a port. */
export type Listening = { readonly pod: Pod; readonly container: Container }

/**
 * The container that has declared the port and is up. As with a real application nothing listens before it is ready:
 * what its readiness probe would find is what is found here.
 */
export function listeningOn(pod: Pod, port: number): Listening | undefined {
  const container = pod.spec.containers.find((one) =>
    one.ports?.some(({ containerPort, protocol = 'TCP' }) => containerPort === port && protocol === 'TCP'),
  )
  const status = pod.status?.containerStatuses?.find((one) => one.name === container?.name)
  return container !== undefined && status?.state.running !== undefined && status.ready
    ? { pod, container }
    : undefined
}

/** The application as it answers over HTTP: its version, and where it runs. It listens nowhere; connections are handed to it. */
export function playApplication({ pod, container }: Listening, clock: TrainingClock): Server {
  return createServer((request, response) => {
    const { status, afterMs } = behaviourOf(container.image).serves
    const now = (): void => answer(request, response, { pod, container, status })
    if (afterMs === 0) now()
    else response.on('close', clock.setTimer(afterMs, now))
  })
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { pod, container, status }: Listening & { readonly status: number },
): void {
  const facts = [
    ['version', versionOf(container.image)],
    ['image', container.image],
    ['pod', pod.metadata.name],
    ['node', pod.spec.nodeName ?? ''],
  ] as const
  const title = status === 200 ? container.name : `${container.name}: Internal Server Error`
  const asPage = (request.headers.accept ?? '').includes('text/html')
  const body = asPage
    ? `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><dl>${facts
        .map(([name, value]) => `<dt>${name}<dd>${escaped(value)}`)
        .join('')}</dl>\n`
    : [title, ...facts.map(([name, value]) => `${name}: ${value}`), ''].join('\n')
  response.writeHead(status, { 'content-type': `text/${asPage ? 'html' : 'plain'}; charset=utf-8` })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** What is behind the colon of an image, or all of it. */
function versionOf(image: string): string {
  const [name = ''] = image.split('@')
  return name.slice(name.lastIndexOf('/') + 1).split(':')[1] ?? image
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
