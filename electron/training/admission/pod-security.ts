import { at, listAt, objectAt, textAt, type JsonObject } from '../objects/json.ts'
import { asJson } from '../objects/objects.ts'
import { pods } from '../objects/resources.ts'
import type { AdmissionRule } from './admission-rule.ts'

type Check = (spec: JsonObject, containers: readonly JsonObject[]) => string | undefined

/** `container "a" must …`, `containers "a", "b" must …`. */
function named(containers: readonly JsonObject[]): string {
  const names = containers.map((container) => JSON.stringify(textAt(container, 'name') ?? ''))
  return `container${names.length === 1 ? '' : 's'} ${names.join(', ')}`
}

function offenders(
  told: string,
  containers: readonly JsonObject[],
  must: (who: string) => string,
): string | undefined {
  return containers.length === 0 ? undefined : `${told} (${must(named(containers))})`
}

const baseline: readonly Check[] = [
  (_, containers) =>
    offenders(
      'privileged',
      containers.filter((one) => at(one, 'securityContext', 'privileged') === true),
      (who) => `${who} must not set securityContext.privileged=true`,
    ),
]

const restricted: readonly Check[] = [
  (_, containers) =>
    offenders(
      'allowPrivilegeEscalation != false',
      containers.filter((one) => at(one, 'securityContext', 'allowPrivilegeEscalation') !== false),
      (who) => `${who} must set securityContext.allowPrivilegeEscalation=false`,
    ),
  (_, containers) =>
    offenders(
      'unrestricted capabilities',
      containers.filter((one) => !listAt(one, 'securityContext', 'capabilities', 'drop').includes('ALL')),
      (who) => `${who} must set securityContext.capabilities.drop=["ALL"]`,
    ),
  (spec, containers) =>
    offenders(
      'runAsNonRoot != true',
      containers.filter((one) => inherited(spec, one, 'runAsNonRoot') !== true),
      (who) => `pod or ${who} must set securityContext.runAsNonRoot=true`,
    ),
  (spec, containers) =>
    offenders(
      'seccompProfile',
      containers.filter((one) => {
        const type = objectAt({ profile: inherited(spec, one, 'seccompProfile') ?? {} }, 'profile')['type']
        return type !== 'RuntimeDefault' && type !== 'Localhost'
      }),
      (who) =>
        `pod or ${who} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    ),
]

function inherited(spec: JsonObject, container: JsonObject, field: string): ReturnType<typeof at> {
  return at(container, 'securityContext', field) ?? at(spec, 'securityContext', field)
}

/**
 * The Pod Security level that a namespace enforces, in the API server's words. Of the standard's checks it has those
 * that every ordinary pod meets or fails: privileged containers, and the four of `restricted`.
 */
export const podSecurity: AdmissionRule = ({ resource, object, home }) => {
  if (resource.plural !== pods.plural) return undefined
  const spec = objectAt(asJson(object), 'spec')
  const labels = home?.metadata.labels ?? {}
  const level = labels['pod-security.kubernetes.io/enforce']
  if (level !== 'baseline' && level !== 'restricted') return undefined
  const version = labels['pod-security.kubernetes.io/enforce-version'] ?? 'latest'
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].map((one) =>
    objectAt({ one }, 'one'),
  )
  const checks = level === 'baseline' ? baseline : [...baseline, ...restricted]
  const said = checks.flatMap((check) => check(spec, containers) ?? [])
  if (said.length === 0) return undefined
  return { why: `violates PodSecurity "${level}:${version}": ${said.join(', ')}` }
}
