import { useCallback, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { assertNever } from '../../shared/assert-never.ts'
import { shownName } from '../clusters/shown-name.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { OpenRights } from '../parts/open-rights.ts'
import { OpenService } from '../parts/open-service.ts'
import { verbTitle } from '../verbs/verb-title.ts'
import { homeless } from '../stores/notes.ts'
import type { Note, NoteSubject } from '../stores/notes.ts'
import { useClusters, useStores, useUi } from '../stores/store-context.tsx'
import { depths, isSameTo } from '../stores/ui.ts'
import { useServiceOpener } from './use-service-opener.ts'

/** What is still to be read and stands nowhere else: each until it is dismissed, whatever is looked at meanwhile. */
export function NoteStack() {
  const { notes } = useStores()
  const { note: words } = useWords()
  const all = useStore(notes.store, useShallow(homeless))
  if (all.length === 0) return null
  return (
    <section className="note-stack" aria-label={words.title}>
      {all.map((note) => (
        <NoteCard key={note.id} note={note} />
      ))}
    </section>
  )
}

function NoteCard({ note: { id, what, place, told } }: { readonly note: Note }) {
  const words = useWords()
  const { notes } = useStores()
  // What it is about may be looked at no more: the way to a Service goes on its cluster.
  const openService = useServiceOpener(useCallback(() => place, [place]))
  const openRights = useContext(OpenRights)
  const isHere = useUi(({ selection }) => isSameTo(depths.namespace, selection, place))
  const cluster = useClusters((view) => view?.clusters.find((one) => one.id === place.connection))
  const elsewhere = told.kind === 'fault' ? told.fault.elsewhere : undefined
  const isOpen = useUi(({ selection }) => isSameTo(depths.service, selection, { ...place, ...elsewhere }))
  // Where its picture is on the screen, or can not be drawn, the way to it leads nowhere.
  const isFar = cluster?.state.kind === 'connected' && !isOpen
  const where = [
    place.service,
    cluster === undefined ? undefined : cluster.training ? words.shell.trainingCluster : shownName(cluster),
  ]
  return (
    <div className="note-card" role="alert">
      <p className="note-head">
        <b>{subjectText(what, words)}</b>
        <span className="dim">{where.filter((part) => part !== undefined).join(' · ')}</span>
        <button
          type="button"
          className="icon-button small"
          aria-label={words.note.dismiss}
          title={words.note.dismiss}
          onClick={() => notes.dismiss(id)}
        >
          <Icon name="close" />
        </button>
      </p>
      {told.kind === 'fault' ? (
        <OpenService value={isFar ? openService : undefined}>
          <OpenRights value={isHere ? openRights : undefined}>
            <FaultLine fault={told.fault} role="none" />
          </OpenRights>
        </OpenService>
      ) : (
        <p className="note-text">{words.note[told.kind]}</p>
      )}
    </div>
  )
}

function subjectText(what: NoteSubject, { note, release }: Words): string {
  switch (what.kind) {
    case 'verb':
      return verbTitle(what.verb, release)
    case 'command':
      return note.commands[what.name]
    case 'dialog':
      return note.dialogs[what.dialog]
    default:
      return assertNever(what)
  }
}
