/**
 * `v4.channel.k8s.io` of a forwarded port: each message begins with the number of its channel, and the first two bytes of
 * each channel are the port, which says nothing that was not asked for.
 */
export const portForwardProtocol = 'v4.channel.k8s.io'

const dataChannel = 0
const errorChannel = 1
const prefixBytes = 2

export type Received =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  /** Why the port is not forwarded any further, in the words of the kubelet. */
  | { readonly kind: 'error'; readonly text: string }

/** Takes the messages of one connection in turn; nothing for what only says the port, or belongs to no channel. */
export function createChannelReader(): (message: Buffer) => Received | undefined {
  const skipped = [0, 0]
  return (message) => {
    const channel = message[0] ?? -1
    const seen = skipped[channel]
    if (seen === undefined) return undefined
    const skip = Math.min(prefixBytes - seen, message.length - 1)
    skipped[channel] = seen + skip
    const bytes = message.subarray(1 + skip)
    if (bytes.length === 0) return undefined
    if (channel === errorChannel) return { kind: 'error', text: bytes.toString('utf8') }
    return { kind: 'data', bytes }
  }
}

export function dataMessage(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(dataChannel), bytes])
}
