import { expect, test } from 'vitest'
import type { Client, LinkStatus, NoticePermission } from '../../../../renderer/stores/client.ts'
import { keepNotices } from '../../../../renderer/stores/notices.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import { connectionId, releaseId } from '../../../../shared/ids.ts'
import type { Notice } from '../../../../shared/view/notice.ts'

const target = { connection: connectionId('staging'), namespace: 'app-cloud', service: 'demo-http' }
const selection = { ...target, connection: String(target.connection) }
const waits: Notice = {
  target,
  release: releaseId('r1'),
  why: { kind: 'standstill', sentence: { kind: 'release-approval', done: 1, next: 2 } },
}

function page(given: { readonly permission?: NoticePermission; readonly lookedAt?: boolean } = {}) {
  let { permission = 'granted' } = given
  const { lookedAt = false } = given
  const shown: string[] = []
  let send: (notices: readonly Notice[]) => void = () => undefined
  let link: (status: LinkStatus) => void = () => undefined
  const timers = new Set<() => void>()
  const client = {
    onStatus: (listener: typeof link) => {
      link = listener
      return () => undefined
    },
    subscribe: (_feed: string, _params: unknown, listener: typeof send) => {
      send = listener
      return () => undefined
    },
  } as unknown as Client
  const stored = new Map<string, string>()
  const storage = {
    read: (key: string) => stored.get(key) ?? null,
    write: (key: string, text: string) => void stored.set(key, text),
  }
  const ui = createUiStore({ storage }, 'en')
  const ports = {
    client,
    after: (_ms: number, run: () => void) => {
      timers.add(run)
      return () => timers.delete(run)
    },
    notifier: {
      permission: () => permission,
      ask: () => {
        permission = 'granted'
        return Promise.resolve(permission)
      },
      isLookedAt: () => lookedAt,
      show: () => undefined,
    },
  }
  const notices = keepNotices(ports, ui)
  notices.onNews(({ target: { service }, why }) => shown.push(`${service} ${why.kind}`))
  return {
    ...{ shown, ui, notices, storage },
    send: (list: readonly Notice[]) => send(list),
    link: (status: LinkStatus) => link(status),
    elapse: () => timers.forEach((run) => run()),
  }
}

test('a release that begins to wait is told of once to a person who looks elsewhere', () => {
  const { shown, send } = page()
  send([])
  send([waits])
  send([waits])
  expect(shown).toEqual(['demo-http standstill'])
})

test('who looks at the release is not told; who looks at another Service is', () => {
  const { shown, send, ui } = page({ lookedAt: true })
  ui.actions.openService(selection)
  send([])
  send([waits])
  expect(shown).toEqual([])
  send([])
  ui.actions.selectService('orders')
  send([waits])
  expect(shown).toHaveLength(1)
})

test('what stood still before the page was opened is no news', () => {
  const { shown, send } = page()
  send([waits])
  expect(shown).toEqual([])
})

test('that somebody took over is told although the release waited before', () => {
  const { shown, send } = page()
  send([])
  send([waits])
  const fault = { code: 'closed', message: 'The lock of this release is held by wang now.' } as const
  send([{ ...waits, why: { kind: 'lost', fault } }])
  expect(shown).toEqual(['demo-http standstill', 'demo-http lost'])
})

test('what was told before the application was lost is no news once it knows of it again', () => {
  const { shown, send, link } = page()
  send([])
  send([waits])
  link('lost')
  link('open')
  // Started anew, it drives nothing yet.
  send([])
  send([waits])
  expect(shown).toEqual(['demo-http standstill'])
  // Mended and come again, it is news.
  send([])
  send([waits])
  expect(shown).toHaveLength(2)
})

test('what begins while the application is lost, or again long after it is back, is told', () => {
  const { shown, send, link, elapse } = page()
  send([])
  link('lost')
  link('open')
  send([waits])
  expect(shown).toHaveLength(1)
  link('lost')
  link('open')
  send([])
  elapse()
  send([waits])
  expect(shown).toHaveLength(2)
})

test('the browser is asked first; then notices are switched off and on, and stay so after a new start', async () => {
  const { shown, send, notices, ui, storage } = page({ permission: 'ask' })
  send([])
  send([waits])
  expect(shown).toEqual([])
  await notices.toggle()
  expect(notices.permission.getState()).toBe('granted')
  send([])
  send([waits])
  expect(shown).toHaveLength(1)
  await notices.toggle()
  send([])
  send([waits])
  expect(shown).toHaveLength(1)
  expect(ui.getState().notices).toBe(false)
  expect(createUiStore({ storage }, 'en').getState().notices).toBe(false)
})
