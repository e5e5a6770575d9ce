import type { Json, JsonObject } from '../objects/json.ts'
import { openApi } from './open-api.ts'
import { allResources, groupVersion, type Resource } from '../objects/resources.ts'

const storedVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

const subresourceVerbs: Readonly<Record<string, readonly string[]>> = {
  status: ['get', 'patch', 'update'],
  scale: ['get', 'patch', 'update'],
  log: ['get'],
  eviction: ['create'],
  binding: ['create'],
  portforward: ['create', 'get'],
}
/** Namespaces are not deleted by the dozen. */
const namespaceVerbs = storedVerbs.filter((verb) => verb !== 'deletecollection')
const subresourceKinds: Readonly<Record<string, JsonObject>> = {
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1' },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1' },
  binding: { kind: 'Binding' },
  portforward: { kind: 'PodPortForwardOptions' },
}

function entriesOf(resource: Resource): readonly JsonObject[] {
  const { namespaced } = resource
  return [
    {
      name: resource.plural,
      singularName: resource.singular,
      namespaced,
      kind: resource.kind,
      verbs: resource.plural === 'namespaces' ? namespaceVerbs : storedVerbs,
      ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
      ...(resource.inAll ? { categories: ['all'] } : {}),
    },
    ...resource.subresources.map((name) => ({
      name: `${resource.plural}/${name}`,
      singularName: '',
      namespaced,
      kind: resource.kind,
      ...subresourceKinds[name],
      verbs: subresourceVerbs[name] ?? ['get'],
    })),
  ]
}

/** Kinds that are answered but not stored. */
const reviews: Readonly<Record<string, readonly string[]>> = {
  'authorization.k8s.io/v1': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
  'authentication.k8s.io/v1': ['SelfSubjectReview'],
}

function resourceList(version: string): JsonObject | undefined {
  const stored = allResources.filter((resource) => groupVersion(resource) === version).flatMap(entriesOf)
  const reviewed = (reviews[version] ?? []).map((kind) => ({
    name: `${kind.toLowerCase()}s`,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  }))
  const resources = [...stored, ...reviewed]
  if (resources.length === 0) return undefined
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources }
}

function group(version: string): JsonObject {
  const entry = { groupVersion: version, version: version.slice(version.indexOf('/') + 1) }
  return { name: version.slice(0, version.indexOf('/')), versions: [entry], preferredVersion: entry }
}

function groupVersions(): readonly string[] {
  const all = [...allResources.map(groupVersion), ...Object.keys(reviews)]
  return [...new Set(all.filter((version) => version.includes('/')))]
}

const version: JsonObject = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2+training',
  gitCommit: '0000000000000000000000000000000000000000',
  gitTreeState: 'clean',
  buildDate: '2026-06-10T00:00:00Z',
  goVersion: 'go1.26.0',
  compiler: 'gc',
  platform: 'training/node',
}

/** Paths below a group that is served get a Status when they are not there; others only a line of text. */
export function isKnownGroup(path: string): boolean {
  const group = /^\/apis\/([^/]+)/.exec(path)?.[1]
  return group === undefined
    ? path.startsWith('/api/')
    : groupVersions().some((version) => version.startsWith(`${group}/`))
}

/** The answer to a path about no resource: version and discovery; undefined for what is not there. */
export function discover(path: string): Json | undefined {
  const clean = path.replace(/\/+$/, '')
  switch (clean) {
    case '/version':
      return version
    case '':
      return {
        paths: ['/api', '/api/v1', '/apis', ...groupVersions().map((name) => `/apis/${name}`), '/version'],
      }
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupVersions().map(group) }
    case '/api/v1':
      return resourceList('v1')
    default: {
      if (clean.startsWith('/openapi/')) return openApi(clean)
      const name = /^\/apis\/(.+)$/.exec(clean)?.[1]
      if (name === undefined) return undefined
      if (name.includes('/')) return resourceList(name)
      const member = groupVersions().find((one) => one.startsWith(`${name}/`))
      return member === undefined ? undefined : { kind: 'APIGroup', apiVersion: 'v1', ...group(member) }
    }
  }
}
