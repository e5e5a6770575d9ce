import type { BatchSet } from '../model/batch-set.ts'
import type { ServiceNature } from './pipeline.ts'

/** What kind of Service it is, as far as it matters to who gets traffic. */
export function natureOf({ service }: Pick<BatchSet, 'service'>): ServiceNature {
  if (service.externalName !== '') return { kind: 'external-name', name: service.externalName }
  if (Object.keys(service.selector).length === 0) return { kind: 'no-selector' }
  return { kind: service.headless ? 'headless' : 'balanced' }
}
