import type { AdmissionRule } from './admission-rule.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { podSecurity } from './pod-security.ts'
import { resourceQuota } from './resource-quota.ts'

/** Every admission rule, in the order in which they are asked. The quota is asked last, as by the API server. */
export const admissionTable: readonly AdmissionRule[] = [namespaceLifecycle, podSecurity, resourceQuota]
