import type { MessagePortMain } from 'electron'
import type { Pipe } from '../../shared/rpc-pipe.ts'

/** The application's end of a page's port. */
export function portPipe(port: MessagePortMain): Pipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      const take = (event: { readonly data: unknown }): void => listener(event.data)
      port.on('message', take)
      // What the page sent before is kept until now.
      port.start()
      return () => port.off('message', take)
    },
    onClose(listener) {
      port.on('close', listener)
      return () => port.off('close', listener)
    },
    close: () => port.close(),
  }
}
