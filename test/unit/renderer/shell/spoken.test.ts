import { expect, test } from 'vitest'
import { createFeeds } from '../../../../renderer/stores/feeds.ts'
import { createSpeaking } from '../../../../renderer/shell/spoken.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

function listener() {
  const { pipeline, link } = createFeeds()
  const timers = new Set<() => void>()
  const after = (_ms: number, run: () => void) => {
    timers.add(run)
    return () => timers.delete(run)
  }
  let revision = 0
  const show = (view: PipelineView | undefined) =>
    pipeline.setState({
      payload: view === undefined ? { kind: 'loading' } : { kind: 'view', view },
      revision: ++revision,
      receivedAt: 0,
    })
  const { store, start } = createSpeaking({ ports: { after }, pipeline, link })
  const stop = start()
  return {
    ...{ show, link, stop, timers },
    elapse: () => {
      for (const run of [...timers]) {
        timers.delete(run)
        run()
      }
    },
    said: () => [store.getState().polite?.kind, store.getState().assertive?.kind],
  }
}

const { rolling, failed, baking, canary } = pipelineStates
const stale = (view: PipelineView): PipelineView => ({
  ...view,
  freshness: { kind: 'stale', since: view.now, why: { kind: 'words', words: 'gone' } },
})
const elsewhere = (view: PipelineView): PipelineView => ({
  ...view,
  connection: 'other-cluster' as PipelineView['connection'],
})

test('an alert that is mended is gone, and does not come back after the connection was lost', () => {
  const { show, said, link } = listener()
  show(rolling())
  show(failed())
  expect(said()).toEqual([undefined, 'release-failing'])
  show(baking())
  expect(said()[1]).toBeUndefined()
  link.setState({ status: 'lost' })
  link.setState({ status: 'open' })
  show(baking())
  expect(said()[1]).toBeUndefined()
})

test('an alert from before a loss is not read again after it, be it of the application or of the cluster', () => {
  const { show, said, link } = listener()
  show(rolling())
  show(failed())
  link.setState({ status: 'lost' })
  link.setState({ status: 'open' })
  expect(said()[1]).toBeUndefined()
  show(rolling())
  show(failed())
  show(stale(failed()))
  show(failed())
  expect(said()[1]).toBeUndefined()
})

test('what fails while the connection is lost is said once it is back', () => {
  const { show, said } = listener()
  show(rolling())
  show(undefined)
  show(failed())
  expect(said()[1]).toBe('release-failing')
})

test('at another Service, or the same one on another cluster, nothing of the first is said', () => {
  const { show, said, elapse } = listener()
  show(rolling())
  show(failed())
  show(undefined)
  show(elsewhere(rolling()))
  expect(said()).toEqual([undefined, undefined])
  show(rolling())
  show(baking())
  show(canary())
  show(elsewhere(rolling()))
  // What waited for its turn was about the first one.
  elapse()
  expect(said()).toEqual([undefined, undefined])
})

test('calm changes wait for five seconds, and the last of them is said', () => {
  const { show, said, elapse } = listener()
  show(rolling())
  show(baking())
  expect(said()[0]).toBe('release-baking')
  show(rolling())
  show(canary())
  expect(said()[0]).toBe('release-baking')
  elapse()
  expect(said()[0]).toBe('release-approval')
})

test('stopped, it waits for nothing', () => {
  const { show, stop, timers, said } = listener()
  show(rolling())
  show(baking())
  stop()
  expect(timers.size).toBe(0)
  show(failed())
  expect(said()[1]).toBeUndefined()
})
