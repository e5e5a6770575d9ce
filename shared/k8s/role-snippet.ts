/** One thing that somebody may or may not do. `subresource` as in `pods/log`. */
export type Right = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string
}

/**
 * A Role with exactly these rights, and its binding, for an administrator to apply. Verbs of one resource, and then
 * resources with the same verbs, share a rule, as a person would write it.
 */
export function roleSnippet(
  rights: readonly Right[],
  to: { readonly namespace: string; readonly person: string },
): string {
  const verbs = new Map<string, { readonly group: string; readonly name: string; readonly verbs: string[] }>()
  for (const { verb, group, resource, subresource } of rights) {
    const name = subresource === undefined ? resource : `${resource}/${subresource}`
    const entry = verbs.get(`${group}/${name}`) ?? { group, name, verbs: [] }
    if (!entry.verbs.includes(verb)) entry.verbs.push(verb)
    verbs.set(`${group}/${name}`, entry)
  }
  const rules = new Map<
    string,
    { readonly group: string; readonly verbs: string; readonly names: string[] }
  >()
  for (const { group, name, verbs: own } of verbs.values()) {
    const text = own.join(', ')
    const rule = rules.get(`${group} ${text}`) ?? { group, verbs: text, names: [] }
    rule.names.push(name)
    rules.set(`${group} ${text}`, rule)
  }
  const lines = [...rules.values()].map(
    (rule) =>
      `- {apiGroups: [${quoted(rule.group)}], resources: [${rule.names.join(', ')}], verbs: [${rule.verbs}]}`,
  )
  const metadata = `metadata: {name: tranche, namespace: ${quoted(to.namespace)}}`
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: Role',
    metadata,
    'rules:',
    ...lines,
    '---',
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: RoleBinding',
    metadata,
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tranche}',
    'subjects:',
    `- {apiGroup: rbac.authorization.k8s.io, kind: User, name: ${quoted(to.person)}}`,
    '',
  ].join('\n')
}

/** JSON is YAML: whatever is in a name, it stays one text. */
function quoted(text: string): string {
  return JSON.stringify(text)
}
