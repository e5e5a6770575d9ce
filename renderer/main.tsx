import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openClient } from './bridge/open-client.ts'
import { openNotifier } from './bridge/open-notifier.ts'
import { panelTabs } from './panel/panel-tabs.ts'
import type { Ports } from './stores/client.ts'
import { createStores } from './stores/stores.ts'

// The page's composition root: the only place that knows the real clock, the real storage and the real bridge.
const ports: Ports = {
  client: openClient(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
  every: (ms, run) => {
    const id = setInterval(run, ms)
    return () => clearInterval(id)
  },
  requestId: () => crypto.randomUUID(),
  onVisible(listener) {
    const tell = () => listener(document.visibilityState === 'visible')
    tell()
    document.addEventListener('visibilitychange', tell)
    return () => document.removeEventListener('visibilitychange', tell)
  },
  notifier: openNotifier(),
  storage: {
    read: (key) => localStorage.getItem(key),
    write: (key, text) => localStorage.setItem(key, text),
  },
}

const { stores } = createStores(ports, navigator.language.startsWith('zh') ? 'zh' : 'en', panelTabs)
const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<App stores={stores} />)
