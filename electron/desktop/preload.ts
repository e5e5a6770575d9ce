import { contextBridge, ipcRenderer } from 'electron'
import { pipeMessage, type DesktopBridge } from '../../shared/desktop-bridge.ts'

// Runs sandboxed, before the page. The page gets one object with one function; no channel, no event, no ipcRenderer.
const bridge: DesktopBridge = { openPipe: () => ipcRenderer.send(pipeMessage) }
contextBridge.exposeInMainWorld('tranche', bridge)
ipcRenderer.on(pipeMessage, (event) => window.postMessage(pipeMessage, '/', [...event.ports]))
