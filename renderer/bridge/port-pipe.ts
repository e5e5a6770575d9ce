import { pipeMessage, type DesktopBridge } from '../../shared/desktop-bridge.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'

/** Asks the desktop host for a port to the application. A port can't cross the bridge, but a window message carries it. */
export function openPortPipe(bridge: DesktopBridge): Promise<Pipe> {
  return new Promise((resolve) => {
    function take(event: MessageEvent<unknown>): void {
      const [port] = event.ports
      if (event.source !== window || event.data !== pipeMessage || port === undefined) return
      window.removeEventListener('message', take)
      resolve(portPipe(port))
    }
    window.addEventListener('message', take)
    bridge.openPipe()
  })
}

function portPipe(port: MessagePort): Pipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.onmessage = (event: MessageEvent<unknown>) => listener(event.data)
      return () => (port.onmessage = null)
    },
    // Comes when the application's process has ended, however it ended.
    onClose(listener) {
      port.addEventListener('close', listener)
      return () => port.removeEventListener('close', listener)
    },
    close: () => port.close(),
  }
}
