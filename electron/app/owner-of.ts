/** Who else keeps this Deployment as they want it, by the marks that GitOps tools and Helm leave on it. */
export function ownerOf(meta: {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}): string | undefined {
  const { labels, annotations } = meta
  if ('argocd.argoproj.io/tracking-id' in annotations || 'argocd.argoproj.io/instance' in labels)
    return 'Argo CD'
  if ('kustomize.toolkit.fluxcd.io/name' in labels || 'helm.toolkit.fluxcd.io/name' in labels) return 'Flux'
  if ('meta.helm.sh/release-name' in annotations)
    return `Helm (${annotations['meta.helm.sh/release-name'] ?? ''})`
  if ('kapp.k14s.io/app' in labels) return 'kapp'
  if ('configsync.gke.io/declared-version' in annotations) return 'Config Sync'
  return undefined
}
