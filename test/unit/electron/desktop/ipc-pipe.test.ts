import { EventEmitter } from 'node:events'
import type { IpcMain, MessageChannelMain, MessagePortMain } from 'electron'
import { expect, test } from 'vitest'
import { handPorts } from '../../../../electron/desktop/ipc-pipe.ts'

function setUp(): { readonly ask: (frame: object | null) => void; readonly attached: unknown[] } {
  const ipcMain = new EventEmitter()
  const attached: MessagePortMain[] = []
  handPorts({
    ipcMain: ipcMain as unknown as IpcMain,
    newChannel: () => ({ port1: 'app end', port2: 'page end' }) as unknown as MessageChannelMain,
    attach: (port) => attached.push(port),
    log: () => undefined,
  })
  return { ask: (senderFrame) => ipcMain.emit('tranche.pipe', { senderFrame }), attached }
}

test('our page gets one end of a channel and the application the other', () => {
  const { ask, attached } = setUp()
  const got: unknown[] = []
  const postMessage = (...message: unknown[]): void => void got.push(message)
  ask({ parent: null, origin: 'app://tranche', postMessage })
  expect(attached).toEqual(['app end'])
  expect(got).toEqual([['tranche.pipe', null, ['page end']]])
})

test.each([
  ['a frame inside the page', { parent: {}, origin: 'app://tranche' }],
  ['another origin', { parent: null, origin: 'https://tranche' }],
  ['a lookalike', { parent: null, origin: 'app://tranche.example.com' }],
  ['a frame that has gone', null],
])('%s gets no port', (_who, frame) => {
  const { ask, attached } = setUp()
  ask(frame && { ...frame, postMessage: () => expect.unreachable() })
  expect(attached).toEqual([])
})
