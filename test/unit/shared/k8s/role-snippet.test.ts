import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { roleSnippet } from '../../../../shared/k8s/role-snippet.ts'

test('rights of one resource, and resources with the same verbs, share a rule', () => {
  const text = roleSnippet(
    [
      { verb: 'list', group: '', resource: 'pods' },
      { verb: 'list', group: '', resource: 'services' },
      { verb: 'watch', group: '', resource: 'pods' },
      { verb: 'watch', group: '', resource: 'services' },
      { verb: 'patch', group: 'apps', resource: 'deployments' },
      { verb: 'get', group: '', resource: 'pods', subresource: 'log' },
      { verb: 'patch', group: 'apps', resource: 'deployments' },
    ],
    { namespace: 'demo', person: 'system:serviceaccount:ci:bot' },
  )
  const documents = parseAllDocuments(text)
  if ('empty' in documents) throw new Error('no documents')
  const [role, binding] = documents.map((one) => one.toJS() as Record<string, unknown>)
  expect(role).toMatchObject({
    kind: 'Role',
    metadata: { name: 'tranche', namespace: 'demo' },
    rules: [
      { apiGroups: [''], resources: ['pods', 'services'], verbs: ['list', 'watch'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    ],
  })
  expect(binding).toMatchObject({
    kind: 'RoleBinding',
    metadata: { namespace: 'demo' },
    subjects: [{ kind: 'User', name: 'system:serviceaccount:ci:bot' }],
  })
})

test('a name that YAML would read as something else stays a text', () => {
  const text = roleSnippet([], { namespace: '007', person: 'a: {b}\n- c' })
  const documents = parseAllDocuments(text)
  if ('empty' in documents) throw new Error('no documents')
  expect(
    documents.map((one) => (one.toJS() as { metadata: { namespace: unknown } }).metadata.namespace),
  ).toEqual(['007', '007'])
})
