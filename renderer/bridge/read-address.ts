/** What an address, or only its key, says of where the application is. */
export type Address =
  | { readonly kind: 'key'; readonly key: string }
  /** Tranche at another port of this machine: a page of its own. */
  | { readonly kind: 'elsewhere'; readonly url: string }
  /** No key of ours in it. */
  | { readonly kind: 'none' }

/** 32 random bytes in base64url. */
const keyPattern = /^[\w-]{43}$/

/** Reads what a person pastes: the address that Tranche printed, with its key behind the #, or the key by itself. */
export function readAddress(typed: string, here: string): Address {
  const text = typed.trim()
  if (keyPattern.test(text)) return { kind: 'key', key: text }
  const url = URL.parse(text)
  const key = url === null ? undefined : keyIn(url.hash)
  // Nowhere else than to this machine: a pasted address is somebody's text.
  if (url === null || key === undefined || url.protocol !== 'http:' || url.hostname !== '127.0.0.1')
    return { kind: 'none' }
  return url.host === here ? { kind: 'key', key } : { kind: 'elsewhere', url: `http://${url.host}/#k=${key}` }
}

/** The key of an address's fragment, if it is one. */
export function keyIn(fragment: string): string | undefined {
  const key = new URLSearchParams(fragment.replace(/^#/, '')).get('k') ?? ''
  return keyPattern.test(key) ? key : undefined
}
