import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { isCutOff, type Ports } from '../stores/client.ts'
import type { Feeds } from '../stores/feeds.ts'
import { announcementOf, politePauseMs } from './announcer.ts'

/** What stands in the two regions that a screen reader reads when their text changes. */
export type Spoken = { readonly polite: Sentence | undefined; readonly assertive: Sentence | undefined }
export type Speaking = {
  readonly store: StoreApi<Spoken>
  /** Listens; returns its stop function. */
  start(): () => void
}

const silence: Spoken = { polite: undefined, assertive: undefined }
type Parts = { readonly ports: Pick<Ports, 'after'> } & Pick<Feeds, 'pipeline' | 'link'>

/**
 * Urgent changes at once, the others at most one in five seconds, always the latest. An alert stands no longer than what
 * it says: not once it is mended, not at another Service, and not behind the loss of the connection, or it would be read
 * again as if it were new.
 */
export function createSpeaking({ ports, pipeline, link }: Parts): Speaking {
  const store = createStore<Spoken>(() => silence)
  let known: PipelineView | undefined
  let waiting: Sentence | undefined
  let cancelPause: (() => void) | undefined

  function flush(): void {
    cancelPause = undefined
    const next = waiting
    waiting = undefined
    if (next !== undefined) speak(next)
  }

  function speak(polite: Sentence): void {
    store.setState({ polite })
    cancelPause = ports.after(politePauseMs, flush)
  }

  function leave(): void {
    waiting = undefined
    store.setState(silence, true)
  }

  function look(): void {
    const { payload } = pipeline.getState()
    if (payload.kind !== 'view') {
      // Perhaps only asked for anew: what changed meanwhile is told once it is there.
      leave()
      return
    }
    const { view } = payload
    const before = known
    known = view
    if (before?.connection !== view.connection || before.service.uid !== view.service.uid) {
      leave()
      return
    }
    const announcement = announcementOf(before, view)
    if (view.freshness.kind !== 'live') store.setState({ assertive: undefined })
    if (announcement === undefined) return
    if (announcement.urgency === 'assertive') {
      waiting = undefined
      store.setState({ assertive: announcement.sentence })
      return
    }
    store.setState({ assertive: undefined })
    if (cancelPause === undefined) speak(announcement.sentence)
    else waiting = announcement.sentence
  }

  return {
    store,
    start() {
      const stops = [
        pipeline.subscribe(look),
        link.subscribe(({ status }) => {
          if (isCutOff(status)) store.setState({ assertive: undefined })
        }),
      ]
      look()
      return () => {
        for (const stop of stops) stop()
        cancelPause?.()
        cancelPause = undefined
      }
    },
  }
}
