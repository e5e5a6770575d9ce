import { visiblePlain } from '../../shared/visible.ts'

const permissions = { default: 'ask', granted: 'granted', denied: 'refused' } as const

/** The desktop's own notifications, by way of the browser; none where it has no such thing. */
export function openNotifier() {
  if (!('Notification' in globalThis)) return undefined
  return {
    permission: () => permissions[Notification.permission],
    ask: async () => permissions[await Notification.requestPermission()],
    isLookedAt: () => document.visibilityState === 'visible' && document.hasFocus(),
    show({ title, ...notice }: { title: string; body: string; tag: string }, onOpen: () => void) {
      const shown = new Notification(visiblePlain(title), { ...notice, body: visiblePlain(notice.body) })
      shown.addEventListener('click', () => {
        window.focus()
        shown.close()
        onOpen()
      })
    },
  }
}
