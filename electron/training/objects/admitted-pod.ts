const tolerated = ['not-ready', 'unreachable'].map((condition) => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))

/** What admission writes into every new pod: who owns its fields is noted before, so nobody owns these. */
export function admittedPod<T extends object>(pod: T): T {
  const { spec = {} } = pod as { readonly spec?: { readonly tolerations?: readonly object[] } }
  const tolerations = [...(spec.tolerations ?? []), ...tolerated]
  return {
    ...pod,
    spec: {
      enableServiceLinks: true,
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      ...spec,
      tolerations,
    },
  }
}
