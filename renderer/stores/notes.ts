import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandName } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { OpenDialog, Selection } from './ui.ts'

/** Commands that only read: what they miss is told where it is missing. */
const untold = [
  'kubeconfig/inspect',
  'doctor/report',
  'rights/review',
  'release/check',
  'template/show',
  'template/preview',
  'history/list',
  'history/differences',
  'pod/log',
] as const satisfies readonly CommandName[]
export type ToldCommand = Exclude<CommandName, (typeof untold)[number]>

export function isTold(name: CommandName): name is ToldCommand {
  return !untold.some((one) => one === name)
}

/** What a person asked for, as it was offered then. */
export type NoteSubject =
  | { readonly kind: 'verb'; readonly verb: Pick<VerbView, 'sentence'> }
  | { readonly kind: 'command'; readonly name: ToldCommand }
  | { readonly kind: 'dialog'; readonly dialog: OpenDialog }

export type Note = {
  readonly id: number
  /** A later note about the same takes its place. */
  readonly key: string
  readonly place: Selection
  readonly what: NoteSubject
  /** `closed`: what was asked has no subject any more. */
  readonly told: { readonly kind: 'fault'; readonly fault: Fault } | { readonly kind: 'closed' | 'done' }
}

type NotesState = {
  readonly notes: readonly Note[]
  /** Keys whose notes are shown where they belong, and how often. */
  readonly shown: Readonly<Record<string, number>>
}

/** What a person has to be told, kept until they have put it away: also when its place is gone. */
export type Notes = {
  readonly store: StoreApi<NotesState>
  add(note: Omit<Note, 'id'>): void
  dismiss(id: number): void
  /** It is asked for anew. */
  forget(key: string): void
  /** The notes of this key have a place of their own. Returns what ends that. */
  show(key: string): () => void
}

/** Who presses on without reading is not told the oldest any more. */
const most = 20

export function createNotes(): Notes {
  const store = createStore<NotesState>(() => ({ notes: [], shown: {} }))
  let id = 0
  const count = (key: string, by: number) =>
    store.setState(({ shown }) => ({ shown: { ...shown, [key]: (shown[key] ?? 0) + by } }))
  const without = (drop: (note: Note) => boolean) =>
    store.setState(({ notes }) => (notes.some(drop) ? { notes: notes.filter((one) => !drop(one)) } : {}))
  return {
    store,
    add: (note) =>
      store.setState(({ notes }) => ({
        notes: [...notes.filter((one) => one.key !== note.key), { ...note, id: ++id }].slice(-most),
      })),
    dismiss: (gone) => without((note) => note.id === gone),
    forget: (key) => without((note) => note.key === key),
    show(key) {
      count(key, 1)
      return () => count(key, -1)
    },
  }
}

/** Those that stand nowhere else. */
export function homeless({ notes, shown }: NotesState): readonly Note[] {
  return notes.filter(({ key }) => (shown[key] ?? 0) === 0)
}
