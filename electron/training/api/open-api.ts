import type { Json, JsonObject } from '../objects/json.ts'
import { allResources, groupVersion, type Resource } from '../objects/resources.ts'

const root = '/openapi/v3'

function documentPath(version: string): string {
  return version.includes('/') ? `apis/${version}` : `api/${version}`
}

/** As much as a client needs that wants to know whether it may leave the checking of fields to the server. */
function pathOf(resource: Resource): readonly [string, JsonObject] {
  const { group, version, kind, plural, namespaced } = resource
  const place = namespaced ? 'namespaces/{namespace}/' : ''
  const parameter = (name: string): JsonObject => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  })
  return [
    `/${documentPath(groupVersion(resource))}/${place}${plural}/{name}`,
    {
      patch: {
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': { group, version, kind },
        parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(parameter),
      },
    },
  ]
}

/** The index of OpenAPI documents, or one of them; undefined for other paths. They list paths, not schemas. */
export function openApi(path: string): Json | undefined {
  const versions = [...new Set(allResources.map(groupVersion))]
  if (path === root) {
    const entries = versions.map((version) => {
      const place = documentPath(version)
      return [place, { serverRelativeURL: `${root}/${place}?hash=1` }] as const
    })
    return { paths: Object.fromEntries(entries) }
  }
  const version = versions.find((one) => path === `${root}/${documentPath(one)}`)
  if (version === undefined) return undefined
  const resources = allResources.filter((resource) => groupVersion(resource) === version)
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.36.3' },
    paths: Object.fromEntries(resources.map(pathOf)),
    components: { schemas: {} },
  }
}
