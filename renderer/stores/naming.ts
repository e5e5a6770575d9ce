import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandName } from '../../shared/contract.ts'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { isTold, type Notes } from './notes.ts'
import type { Selection, UiStore } from './ui.ts'

/** `unlock`: the cluster is read-only. `far`: the step reaches most pods, or opens gates unseen. */
export type NamingQuestion = {
  readonly kind: 'unlock' | 'far'
  readonly cluster: ClusterView
  /** The step that is sent once it is confirmed. */
  readonly step?: CommandName
  /** Where the step is taken, whatever is looked at by then. */
  readonly namespace?: string
  /** What has to be typed. */
  readonly name: string
}

/** A question that is answered by typing a name. One at a time; the asker waits for the answer. */
export type Naming = {
  readonly store: StoreApi<{ readonly question: NamingQuestion | undefined }>
  /** True once the name was typed, and a cluster that was read-only takes changes. */
  ask(question: NamingQuestion): Promise<boolean>
  /** `question`: only that one; another may be asked by now. */
  answer(done: boolean, question?: NamingQuestion): void
}

export function createNaming(): Naming {
  const store = createStore<{ readonly question: NamingQuestion | undefined }>(() => ({
    question: undefined,
  }))
  let waiting: ((done: boolean) => void) | undefined

  function answer(done: boolean, question?: NamingQuestion): void {
    if (question !== undefined && question !== store.getState().question) return
    const asker = waiting
    waiting = undefined
    store.setState({ question: undefined })
    asker?.(done)
  }

  return {
    store,
    ask(question) {
      answer(false)
      return new Promise((resolve) => {
        waiting = resolve
        store.setState({ question })
      })
    },
    answer,
  }
}

type Around = { readonly naming: Naming; readonly ui: UiStore; readonly notes: Notes }

/** A question goes unanswered when what it is about is looked at no more, and that is said. Returns its stop function. */
export function endWithSubject({ naming, ui, notes }: Around): () => void {
  return ui.subscribe(({ selection }, before) => {
    const { question } = naming.store.getState()
    if (question === undefined || selection === before.selection || isAbout(question, selection)) return
    naming.answer(false, question)
    const { step } = question
    const what = {
      kind: 'command',
      name: step !== undefined && isTold(step) ? step : 'cluster/unlock',
    } as const
    notes.add({ key: 'naming', place: before.selection, what, told: { kind: 'closed' } })
  })
}

function isAbout(question: NamingQuestion, selection: Selection): boolean {
  if (question.cluster.id !== selection.connection) return false
  if (question.kind === 'unlock') return true
  return question.namespace === selection.namespace && question.name === selection.service
}
