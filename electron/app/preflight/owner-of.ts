import type { Deployment } from '../../../shared/k8s/objects.ts'

/** `reverts`: puts its own version back by itself, within seconds or minutes. Others do when they are run again. */
export type Owner = { readonly manager: string; readonly reverts: boolean }

type Marked = Pick<Deployment, 'meta' | 'writers'>

/** Who else keeps this Deployment as they want it, by the marks that GitOps tools, Helm and operators leave on it. */
export function ownersOf(deployment: Marked): readonly Owner[] {
  const owners = [argo, flux, helm, configSync, fleet, kapp, progressive, controller].flatMap(
    (find) => find(deployment) ?? [],
  )
  // What Argo CD or Flux renders from a chart is theirs: Helm itself is never run on it.
  const reverting = owners.some((owner) => owner.reverts)
  return reverting ? owners.filter((owner) => !owner.manager.startsWith('Helm')) : owners
}

function isWrittenBy({ writers }: Marked, ...managers: readonly string[]): boolean {
  return writers.some((writer) => managers.includes(writer.manager))
}

function argo(deployment: Marked): Owner | undefined {
  const { labels, annotations } = deployment.meta
  const tracking = annotations['argocd.argoproj.io/tracking-id']
  // `app.kubernetes.io/instance` alone says nothing: charts set it as well.
  const written = isWrittenBy(deployment, 'argocd-controller', 'argocd-application-controller')
  const instance =
    labels['argocd.argoproj.io/instance'] ??
    annotations['argocd.argoproj.io/instance'] ??
    (written ? labels['app.kubernetes.io/instance'] : undefined)
  if (tracking === undefined && instance === undefined && !written) return undefined
  // `app:group/kind:namespace/name`
  return { manager: named('Argo CD', tracking?.split(':')[0] ?? instance), reverts: true }
}

function flux(deployment: Marked): Owner | undefined {
  const { labels, annotations } = deployment.meta
  const name = labels['kustomize.toolkit.fluxcd.io/name'] ?? labels['helm.toolkit.fluxcd.io/name']
  const written = isWrittenBy(deployment, 'kustomize-controller', 'helm-controller')
  if (name === undefined && !written) return undefined
  const off = { ...labels, ...annotations }['kustomize.toolkit.fluxcd.io/reconcile'] === 'disabled'
  return { manager: named('Flux', name), reverts: !off }
}

function helm({ meta }: Marked): Owner | undefined {
  const release = meta.annotations['meta.helm.sh/release-name']
  const isHelm = meta.labels['app.kubernetes.io/managed-by'] === 'Helm'
  return release === undefined && !isHelm ? undefined : { manager: named('Helm', release), reverts: false }
}

function configSync({ meta }: Marked): Owner | undefined {
  const keys = [...Object.keys(meta.annotations), ...Object.keys(meta.labels)]
  return keys.some(
    (key) => key.startsWith('configsync.gke.io/') || key.startsWith('configmanagement.gke.io/'),
  )
    ? { manager: 'Config Sync', reverts: true }
    : undefined
}

function fleet({ meta }: Marked): Owner | undefined {
  const key = 'objectset.rio.cattle.io/'
  const found =
    Object.keys(meta.annotations).some((one) => one.startsWith(key)) || `${key}hash` in meta.labels
  return found ? { manager: named('Fleet', meta.annotations[`${key}owner-name`]), reverts: true } : undefined
}

function kapp({ meta }: Marked): Owner | undefined {
  const app = meta.labels['kapp.k14s.io/app']
  return app === undefined ? undefined : { manager: named('kapp', app), reverts: false }
}

/** Other release tools that steer the same Deployment. */
function progressive(deployment: Marked): Owner | undefined {
  if (isWrittenBy(deployment, 'flagger')) return { manager: 'Flagger', reverts: true }
  if (isWrittenBy(deployment, 'rollouts-controller', 'argo-rollouts'))
    return { manager: 'Argo Rollouts', reverts: true }
  return undefined
}

function controller({ meta }: Marked): Owner | undefined {
  const { controller: owner } = meta
  return owner === undefined ? undefined : { manager: `${owner.kind} ${owner.name}`, reverts: true }
}

function named(tool: string, name: string | undefined): string {
  return name === undefined || name === '' ? tool : `${tool} (${name})`
}
