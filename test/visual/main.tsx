import { createRoot } from 'react-dom/client'
import { App } from '../../renderer/app.tsx'
import { panelTabs } from '../../renderer/panel/panel-tabs.ts'
import { createStores } from '../../renderer/stores/stores.ts'
import type { Ports } from '../../renderer/stores/client.ts'
import { uid } from '../../shared/ids.ts'
import { addMessages } from './messages.ts'
import { createMemoryClient } from './memory-client.ts'
import { pasteAndLook } from './paste-and-look.ts'
import { plannedDraft } from './plan-fixture.ts'
import { scenario } from './scenario.ts'

// ?state=canary&lang=zh&theme=dark: one picture of the real page, without an application behind it.
const query = new URLSearchParams(location.search)
const picture = scenario(query.get('state') ?? 'canary')
const { client, calls, steering } = createMemoryClient(picture.payloads, picture.link, picture.answers)

const ports: Ports = {
  client,
  monotonic: () => 0,
  after: (_ms, run) => {
    const id = setTimeout(run, 0)
    return () => clearTimeout(id)
  },
  every: () => () => undefined,
  requestId: () => `request-${String(calls.length)}-fixture`,
  onVisible: () => () => undefined,
  notifier: {
    permission: () => 'granted',
    ask: () => Promise.resolve('granted'),
    isLookedAt: () => true,
    show: () => undefined,
  },
  storage: { read: () => null, write: () => undefined },
}

const { stores } = createStores(ports, query.get('lang') === 'zh' ? 'zh' : 'en', panelTabs)
stores.ui.actions.setTheme(query.get('theme') === 'dark' ? 'dark' : 'light')
stores.ui.setState({
  selection: picture.selection,
  panelTab: picture.tab,
  dialog: picture.dialog,
  goBack: picture.goBack,
})
const state = query.get('state')
if (state === 'kubeconfigs-dropped')
  stores.ui.actions.addKubeconfigs([
    { kind: 'read', source: { kind: 'text', name: 'east', text: 'fixture' } },
    { kind: 'unread', name: 'folder-of-keys', why: 'not-readable' },
    { kind: 'read', source: { kind: 'text', name: 'west', text: 'fixture' } },
  ])
const [first] = picture.payloads.clusters.clusters
if (state === 'unlock' && first !== undefined)
  void stores.naming.ask({ kind: 'unlock', cluster: first, name: first.name })
if (state === 'unlock-long' && first !== undefined) {
  const name =
    'arn:aws-cn:eks:cn-north-1:123456789012:cluster/government-east-production-blue-green-2026-second-zone'
  void stores.naming.ask({ kind: 'unlock', cluster: { ...first, name }, name })
}
if (state === 'kubeconfigs-looked') pasteAndLook('apiVersion: v1\nkind: Config\n')
if (state === 'kubeconfigs-broken') pasteAndLook('broken: [')
const draft = stores.draft.getState()
if (picture.draft.tag !== '') draft.setTag(picture.draft.tag)
draft.setKind(picture.draft.kind)
const { payload } = stores.pipeline.getState()
if (picture.draft.over && payload.kind === 'view' && payload.view.release !== undefined)
  draft.openOver(payload.view.release)
if (picture.draft.planned) draft.setPlan(plannedDraft)
draft.setSizes(
  Object.fromEntries(picture.draft.sizes.map(([batch, pods]) => [uid(`uid-batch-${String(batch)}`), pods])),
)

if (state === 'messages') addMessages(stores.notes, picture.selection)

// Somebody scales a batch, and deletes and creates another, under the hands of whoever drafts.
if (state === 'set-changed' && payload.kind === 'view') {
  const batches = payload.view.batches.map((batch) =>
    batch.number === 4
      ? { ...batch, desired: 20 }
      : batch.number === 3
        ? { ...batch, uid: uid('uid-created-anew') }
        : batch,
  )
  stores.pipeline.setState({ payload: { kind: 'view', view: { ...payload.view, batches } } })
}

// What was sent, for the keyboard walk; what the application does, for whoever tests the page.
Object.assign(globalThis, { fixture: { calls, steering, stores } })

// Violations of the policy are told to the screenshot script, which fails on them.
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<App stores={stores} />)
