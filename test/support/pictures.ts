import type { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { Pod } from '../../electron/training/objects/objects.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'

/** Whether a picture's headline is of this kind. */
export const at =
  (kind: PipelineView['headline']['kind']) =>
  (view: PipelineView): boolean =>
    view.headline.kind === kind

/** Whether a batch rolls, and the answer to its patch has been written down. */
export const rolls =
  (batch: number) =>
  ({ headline }: PipelineView): boolean =>
    headline.kind === 'release-rolling' && headline.batch === batch

/** The same manifest with other fields under spec. */
export function specOf(
  manifest: ReturnType<typeof deploymentManifest>,
  fields: object,
): ReturnType<typeof deploymentManifest> {
  return { ...manifest, spec: { ...(manifest['spec'] as object), ...fields } }
}

/** A pod that ends, or is not ready. */
export function unfit(pod: Pod): boolean {
  const ready = pod.status?.conditions?.find((one) => one.type === 'Ready')
  return pod.metadata.deletionTimestamp !== undefined || ready?.status !== 'True'
}
