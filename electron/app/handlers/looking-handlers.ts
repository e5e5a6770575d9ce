import { type Target } from '../../../shared/contract.ts'
import { failed, ok } from '../../../shared/fault.ts'
import { historyDifferences } from '../history/history-differences.ts'
import { listHistory } from '../history/history-list.ts'
import { removePlan, savePlan } from '../storage/saved-plans.ts'
import { rehearseKeeping } from '../../release/history.ts'
import { toHistoryApi } from '../storage/to-history-api.ts'
import { createPreflight } from '../preflight/preflight.ts'
import { previewTemplate, showTemplate } from '../templates/template-preview.ts'
import { toReleaseApi } from '../releases/to-release-api.ts'
import { withModel } from '../watching/with-model.ts'
import type { Acts } from '../command-handlers.ts'

import type { HandlerOptions } from './handler-options.ts'

const logLines = 300

/** What is looked at before, beside and after a release. Of a cluster nothing is changed by it. */
export function lookingHandlers(
  options: HandlerOptions,
): Pick<
  Acts,
  | 'release/check'
  | 'template/show'
  | 'template/preview'
  | 'history/differences'
  | 'history/list'
  | 'plan/save'
  | 'plan/remove'
  | 'pod/log'
  | 'pod/forward'
  | 'pod/stop-forward'
> {
  const { clusters, releaseService, settings } = options
  const preflight = createPreflight(options.clock)
  return {
    'release/check': (draft) =>
      withModel(options, draft.target, async (model) => {
        const { target } = draft
        const set = model.set(target.service)
        const api = clusters.get(target.connection)?.api
        if (set === undefined || api === undefined) return noService(target)
        const now = options.timeOf(target.connection).now()
        return preflight({
          draft,
          set,
          model,
          standing: releaseService.standing(target, model),
          api,
          now,
          rehearsals: {
            rehearse: releaseService.rehearse,
            rehearseKeeping: (release) => rehearseKeeping(toHistoryApi(api), target, release),
          },
        })
      }),
    'template/show': ({ target, batch }) =>
      withModel(options, target, (model) => {
        const set = model.set(target.service)
        return Promise.resolve(set === undefined ? noService(target) : showTemplate(set, batch))
      }),
    'template/preview': ({ target, ...edit }) =>
      withModel(options, target, async (model) => {
        const set = model.set(target.service)
        const api = clusters.get(target.connection)?.api
        if (set === undefined || api === undefined) return noService(target)
        return previewTemplate(edit, set, toReleaseApi(api))
      }),
    'history/differences': ({ target, revisions }) =>
      withModel(options, target, (model) => historyDifferences(options, { target, revisions }, model)),
    'history/list': ({ target }) =>
      withModel(options, target, (model) => listHistory(options, target, model)),
    'plan/save': ({ target, name, plan }) => savePlan(settings, target, { name, plan }),
    'plan/remove': ({ target, name }) => removePlan(settings, target, name),
    'pod/log': async ({ target, pod, ...which }) => {
      const connection = clusters.get(target.connection)
      if (connection === undefined) return failed('unreachable', { kind: 'not-connected' })
      const text = await connection.api.podLog(target.namespace, pod, { ...which, tailLines: logLines })
      return text.ok ? ok({ lines: text.value.split('\n').filter((line) => line !== '') }) : text
    },
    'pod/forward': (wish) => options.forwards.start(wish),
    'pod/stop-forward': ({ forward }) => options.forwards.stop(forward),
  }
}

function noService({ service, namespace }: Target) {
  return failed('not-found', { kind: 'no-service', service, namespace })
}
