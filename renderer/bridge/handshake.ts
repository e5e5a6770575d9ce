/** What follows from what the other end has said. `unreachable`: it does not answer as Tranche does. */
type HandshakeStep =
  | { readonly kind: 'send'; readonly message: { readonly proof: string } }
  | { readonly kind: 'open' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' }

export type Handshake = {
  readonly hello: string
  /** Each message of the other end, in order. */
  take(data: unknown): Promise<HandshakeStep>
}

const nonceBytes = 24
const algorithm = { name: 'HMAC', hash: 'SHA-256' }
/** 24 bytes in base64url. */
const noncePattern = /^[\w-]{32}$/

/**
 * The page's part of the handshake: whoever listens at this port may answer, and is believed nothing before it has
 * proved that it knows the secret. Each message has its one place; whatever comes out of order, also while a proof is
 * being checked, ends it.
 *   page -> { hello }      server -> { nonce, proof }      page -> { proof }      server -> { ready: true }
 */
export async function createHandshake(secret: string): Promise<Handshake> {
  const key = await crypto.subtle.importKey('raw', fromBase64(secret), algorithm, false, ['sign'])
  const hello = toBase64(crypto.getRandomValues(new Uint8Array(nonceBytes)))
  let awaits: 'proof' | 'ready' | 'nothing' = 'proof'
  let heard = 0

  async function claim(role: 'server' | 'page', nonces: string): Promise<string> {
    const bytes = new TextEncoder().encode(`${role}:${nonces}`)
    return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)))
  }

  async function checked({ nonce, proof }: Greeting): Promise<HandshakeStep> {
    // A nonce of its own, or what it says may be our greeting come back.
    if (typeof nonce !== 'string' || !noncePattern.test(nonce) || nonce === hello)
      return { kind: 'unreachable' }
    if (typeof proof !== 'string') return { kind: 'unreachable' }
    if (proof !== (await claim('server', hello + nonce))) return { kind: 'refused' }
    return { kind: 'send', message: { proof: await claim('page', hello + nonce) } }
  }

  return {
    hello,
    async take(data) {
      const awaited = awaits
      awaits = 'nothing'
      const own = ++heard
      if (awaited === 'nothing') return { kind: 'unreachable' }
      const message = read(data)
      if (awaited === 'ready') return { kind: message.ready === true ? 'open' : 'unreachable' }
      const step = await checked(message)
      if (heard !== own) return { kind: 'unreachable' }
      if (step.kind === 'send') awaits = 'ready'
      return step
    },
  }
}

type Greeting = { readonly nonce?: unknown; readonly proof?: unknown; readonly ready?: unknown }

function read(data: unknown): Greeting {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : undefined
    return typeof message === 'object' && message !== null ? message : {}
  } catch {
    return {}
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
}
