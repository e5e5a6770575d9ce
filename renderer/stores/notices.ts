import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Notice } from '../../shared/view/notice.ts'
import { isCutOff, type LinkStatus, type NoticePermission, type Notifier, type Ports } from './client.ts'
import type { UiStore } from './ui.ts'

export type NoticeKeeping = {
  /** Absent where there are no notifications at all. */
  readonly permission: StoreApi<NoticePermission | undefined>
  /** Switches them on or off; asks the browser first where it wants to be asked. */
  toggle(): Promise<void>
  /** What a person who does not look at it is to be told. */
  onNews(listener: (notice: Notice, notifier: Notifier) => void): () => void
  stop(): void
}

/** Finds what a release has begun to wait for, or how it has ended, while nobody looked at it. */
export function keepNotices(ports: Pick<Ports, 'client' | 'notifier' | 'after'>, ui: UiStore): NoticeKeeping {
  const { notifier } = ports
  const permission = createStore(() => notifier?.permission())
  const listeners = new Set<(notice: Notice, notifier: Notifier) => void>()
  let known: ReadonlySet<string> | undefined
  /** Told of before the application was lost: it may take a while to know of them again, and they are no news then. */
  let toldBefore = new Set<string>()
  let stopWaiting: (() => void) | undefined

  function onStatus(status: LinkStatus): void {
    if (isCutOff(status)) toldBefore = new Set([...toldBefore, ...(known ?? [])])
    stopWaiting?.()
    stopWaiting = status === 'open' ? ports.after(returningMs, () => toldBefore.clear()) : undefined
  }

  function receive(notices: readonly Notice[], by: Notifier): void {
    const before = known
    known = new Set(notices.map((notice) => JSON.stringify(notice)))
    // What stood still when the page was opened is read there.
    if (before === undefined || !ui.getState().notices || by.permission() !== 'granted') return
    for (const notice of notices) {
      const key = JSON.stringify(notice)
      // Each once: what is mended and comes again later is news.
      if (before.has(key) || toldBefore.delete(key) || isSeen(notice, by)) continue
      for (const listener of listeners) listener(notice, by)
    }
  }

  function isSeen({ target }: Notice, by: Notifier): boolean {
    const { connection, namespace, service } = ui.getState().selection
    return (
      by.isLookedAt() &&
      connection === target.connection &&
      namespace === target.namespace &&
      service === target.service
    )
  }

  const stops =
    notifier === undefined
      ? []
      : [
          ports.client.onStatus(onStatus),
          ports.client.subscribe('notices', {}, (notices) => receive(notices, notifier)),
        ]
  return {
    permission,
    async toggle() {
      if (notifier === undefined) return
      if (permission.getState() === 'ask') permission.setState(await notifier.ask(), true)
      else ui.actions.setNotices(!ui.getState().notices)
    },
    onNews(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      for (const stop of stops) stop()
      stopWaiting?.()
    },
  }
}

/** So long a release may take to be driven again after the application was started anew. */
const returningMs = 60_000
