import type { IpcMain, IpcMainEvent, MessageChannelMain, MessagePortMain } from 'electron'
import { pipeMessage } from '../../shared/desktop-bridge.ts'
import { pageOrigin } from './app-scheme.ts'

/** Hands each page that asks a port of its own to the application. Nothing else is answered by the main process. */
export function handPorts(options: {
  readonly ipcMain: IpcMain
  readonly newChannel: () => MessageChannelMain
  readonly attach: (port: MessagePortMain) => void
  readonly log: (line: string) => void
}): void {
  options.ipcMain.on(pipeMessage, (event) => {
    if (!isOurPage(event)) {
      options.log('somebody else than our page asked for a port and got none')
      return
    }
    const { port1, port2 } = options.newChannel()
    options.attach(port1)
    event.senderFrame?.postMessage(pipeMessage, null, [port2])
  })
}

/** Only the window's own document. A frame that has gone away since is null. */
function isOurPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.origin === pageOrigin
}
