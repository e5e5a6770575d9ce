import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { ClusterView, CommandName } from '../../shared/contract.ts'

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
  answer(done: boolean): void
}

export function createNaming(): Naming {
  const store = createStore<{ readonly question: NamingQuestion | undefined }>(() => ({
    question: undefined,
  }))
  let waiting: ((done: boolean) => void) | undefined

  function answer(done: boolean): void {
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
