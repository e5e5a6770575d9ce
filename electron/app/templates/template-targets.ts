import { sentenceOf, failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/k8s/json.ts'
import { templateDigest } from '../../../shared/k8s/template-digest.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { TemplateTarget } from '../../../shared/release/release.ts'
import { changesOf } from '../../release/operations.ts'
import type { ReleaseApi } from '../../release/release-api.ts'

/**
 * What the server would make of each template, by a dry run: defaults and webhooks add to it, and only the whole can
 * be compared with what is found later. Nothing is written.
 */
export async function templateTargets(
  api: ReleaseApi,
  namespace: string,
  wishes: readonly { readonly batch: Batch; readonly template: JsonObject }[],
): Promise<Reply<ReadonlyMap<Uid, TemplateTarget>>> {
  const targets = new Map<Uid, TemplateTarget>()
  const tries = wishes.map(async ({ batch, template }) => ({
    batch,
    tried: await api.tryDeployment(
      { namespace, name: batch.name, uid: batch.uid },
      changesOf(
        {
          kind: 'set-template',
          way: 'forward',
          id: '',
          batch: batch.uid,
          name: batch.name,
          template,
          templateDigest: templateDigest(template),
          replaceable: [],
          unpause: false,
          cause: 'tranche: dry run',
        },
        undefined,
      ),
    ),
  }))
  for (const { batch, tried } of await Promise.all(tries)) {
    if (!tried.ok)
      return failed(tried.fault.code, { kind: 'of-batch', batch: batch.name, says: sentenceOf(tried.fault) })
    targets.set(batch.uid, { template: tried.value.template, digest: tried.value.templateDigest })
  }
  return ok(targets)
}
