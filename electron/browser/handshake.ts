import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { WebSocket } from 'ws'

const patienceMs = 10_000

/**
 * Both sides prove that they know the secret before any data flows, the server first: a process that has grabbed the
 * port after a crash learns nothing. Resolves to whether the page is ours.
 *   page -> { hello: nonceP }      server -> { nonce: nonceS, proof: HMAC(secret, "server" nonceP nonceS) }
 *   page -> { proof: HMAC(secret, "page" nonceP nonceS) }
 */
export function shakeHands(socket: WebSocket, secret: string): Promise<boolean> {
  const nonce = randomBytes(24).toString('base64url')
  return new Promise((resolve) => {
    let hello: string | undefined
    const timer = setTimeout(() => finish(false), patienceMs)
    function finish(result: boolean): void {
      clearTimeout(timer)
      socket.off('message', take)
      socket.off('close', refuse)
      resolve(result)
    }
    function refuse(): void {
      finish(false)
    }
    function take(data: Buffer): void {
      const message = readMessage(data)
      if (hello === undefined && typeof message['hello'] === 'string' && message['hello'].length >= 16) {
        hello = message['hello']
        socket.send(JSON.stringify({ nonce, proof: proofOf(secret, 'server', hello + nonce) }))
      } else if (hello !== undefined && typeof message['proof'] === 'string') {
        finish(isEqual(message['proof'], proofOf(secret, 'page', hello + nonce)))
      } else finish(false)
    }
    socket.on('message', take)
    socket.on('close', refuse)
  })
}

export function proofOf(secret: string, role: 'server' | 'page', nonces: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`${role}:${nonces}`)
    .digest('base64url')
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function readMessage(data: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(data.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
