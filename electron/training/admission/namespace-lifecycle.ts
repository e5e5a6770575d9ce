import type { AdmissionRule } from './admission-rule.ts'

/** Nothing new comes into a namespace that goes. */
export const namespaceLifecycle: AdmissionRule = ({ object, home }) => {
  if (home?.metadata.deletionTimestamp === undefined) return undefined
  const { namespace = '' } = object.metadata
  const message = `namespace ${namespace} is being terminated`
  return {
    why: `unable to create new content in namespace ${namespace} because it is being terminated`,
    causes: [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }],
  }
}
