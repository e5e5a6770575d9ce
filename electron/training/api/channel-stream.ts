import { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** As in the kubelet: the data of a port, and why it could not be forwarded. */
const dataChannel = 0
const errorChannel = 1

/**
 * The kubelet's end of one forwarded port over `v4.channel.k8s.io`. Each message begins with the number of its channel;
 * the first one of each channel is the port itself, 16 bits, the low byte first.
 */
export function openChannels(socket: WebSocket, port: number): { fail(why: string): void; stream(): Duplex } {
  const prefix = Buffer.from([port & 255, port >> 8])
  for (const channel of [dataChannel, errorChannel]) socket.send(frame(channel, prefix))
  return {
    fail(why) {
      socket.send(frame(errorChannel, Buffer.from(why)))
      socket.close(1000)
    },
    stream: () => dataStream(socket),
  }
}

function frame(channel: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(channel), bytes])
}

/** Reads and writes no faster than both ends take it: what is held back here is held back in the application. */
function dataStream(socket: WebSocket): Duplex {
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => socket.send(frame(dataChannel, chunk), done),
    final(done) {
      socket.close(1000)
      done()
    },
    destroy(error, done) {
      // What was in the middle of something is cut, as the connection of a process that was killed.
      if (error === null) socket.close(1000)
      else socket.terminate()
      done(null)
    },
  })
  socket.on('message', (data: Buffer) => {
    if (data[0] === dataChannel && !stream.push(data.subarray(1))) socket.pause()
  })
  socket.on('close', () => stream.destroy())
  return stream
}
