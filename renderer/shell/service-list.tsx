import { memo } from 'react'
import { isArriving } from '../../shared/model/freshness.ts'
import type { ServiceRow } from '../../shared/view/service-row.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { MiniBar } from '../parts/mini-bar.tsx'
import { isSame, type DraftState, type DraftSubject } from '../stores/draft.ts'
import { isDirty } from '../stores/draft-data.ts'
import { useDraft, useServices, useStores, useUi } from '../stores/store-context.tsx'
import { groupServices } from './service-groups.ts'

const stateIcon: Readonly<Record<ServiceRow['state'] | 'draft', IconName>> = {
  ready: 'done',
  rolling: 'roll',
  baking: 'bake',
  approval: 'hand',
  paused: 'pause',
  failing: 'fail',
  'rolling-back': 'back',
  empty: 'idle',
  unhealthy: 'warn',
  incident: 'fail',
  draft: 'pencil',
}
const tone: Partial<Readonly<Record<ServiceRow['state'] | 'draft', string>>> = {
  rolling: 'tone-accent',
  baking: 'tone-accent',
  approval: 'tone-accent',
  draft: 'tone-accent',
  failing: 'tone-fail',
  'rolling-back': 'tone-fail',
  unhealthy: 'tone-warn',
  incident: 'tone-fail',
}

export function ServiceList({ filter }: { readonly filter: string }) {
  const { shell } = useWords()
  const rows = useServices((view) =>
    view === undefined || isArriving(view.freshness) ? undefined : view.services,
  )
  if (rows === undefined) return <p className="sidebar-note">{shell.loading}</p>
  const groups = groupServices(rows, filter)
  const count = groups.failing.length + groups.inRelease.length + groups.ready.length + groups.empty.length
  if (count === 0)
    return <p className="sidebar-note">{rows.length === 0 ? shell.noServices : shell.noMatch(filter)}</p>
  return (
    <>
      <Group title={shell.failing} rows={groups.failing} />
      <Group title={shell.inRelease} rows={groups.inRelease} />
      <Group title={shell.ready} rows={groups.ready} />
      <Group title={shell.withoutBatches} rows={groups.empty} />
    </>
  )
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly ServiceRow[] }) {
  if (rows.length === 0) return null
  return (
    <section className="service-group" aria-label={title}>
      <h3>
        {title}
        <span>{rows.length}</span>
      </h3>
      <ul>
        {rows.map((row) => (
          <Row key={row.uid} row={row} />
        ))}
      </ul>
    </section>
  )
}

/** What is behind it: its batches, or what it is instead. */
function behind({ batches, nature, others }: ServiceRow, shell: Words['shell']): string {
  if (batches > 0) return shell.batches(batches)
  if (nature.kind === 'external-name') return nature.name
  if (nature.kind === 'no-selector') return shell.noSelector
  return others > 0 ? shell.endpoints(others) : shell.batches(0)
}

/** Drafted before another Service was looked at. */
function isWaiting({ waiting }: DraftState, subject: DraftSubject): boolean {
  return waiting.some((one) => isSame(one.subject, subject) && isDirty(one.data))
}

const Row = memo(function Row({ row }: { readonly row: ServiceRow }) {
  const { shell } = useWords()
  const { ui } = useStores()
  const current = useUi((state) => state.selection.service === row.name)
  const connection = useUi((state) => state.selection.connection ?? '')
  const namespace = useUi((state) => state.selection.namespace ?? '')
  const drafted = useDraft((draft) =>
    current ? isDirty(draft) : isWaiting(draft, { connection, namespace, service: row.name }),
  )
  const state = drafted && row.state === 'ready' ? 'draft' : row.state
  const text = shell.serviceState[state]
  return (
    <li>
      <button
        type="button"
        className="service-row"
        aria-current={current ? 'page' : undefined}
        onClick={() => ui.actions.selectService(row.name)}
      >
        <span className="service-name">
          <Middle text={row.name} />
        </span>
        <span className={`service-state ${tone[state] ?? ''}`}>
          <Icon name={stateIcon[state]} />
          {text}
        </span>
        <span className="service-batches">{behind(row, shell)}</span>
        <MiniBar parts={row.bar} />
      </button>
    </li>
  )
})
